--[[
Lifts `::: {.abstract lang=id}` and `::: {.abstract lang=en}` out of the body, into the metadata that
templates set: `abstract` in the paper's language, `abstract-en` (any other language: `abstract-<lang>`).
Inline values work in a div, and not in YAML; so abstracts are written as divs. Both engines use this.
]]

local function language(code)
  return (code or ""):match("^%a+") or ""
end

function Pandoc(doc)
  local own = language(pandoc.utils.stringify(doc.meta.lang or "id"))
  local found = {}
  local body = doc.blocks:walk {
    Div = function(div)
      if not div.classes:includes("abstract") then return nil end
      local lang = language(div.attributes.lang)
      found[#found + 1] = { lang = lang == "" and own or lang, blocks = div.content }
      return {}
    end,
  }
  for _, abstract in ipairs(found) do
    if abstract.lang == own then
      doc.meta.abstract = pandoc.MetaBlocks(abstract.blocks)
    else
      doc.meta["abstract-" .. abstract.lang] = pandoc.MetaBlocks(abstract.blocks)
    end
  end
  doc.blocks = body
  return doc
end
