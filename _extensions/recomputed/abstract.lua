--[[
Lifts `::: {.abstract lang=id}` and `::: {.abstract lang=en}` out of the body, into the metadata that
templates set: `abstract` in the paper's language, any other as one of `translated`, with what `languages` says of
its language. Inline values work in a div, and not in YAML; so abstracts are written as divs. Both engines use this.
]]

local function language(code)
  return (code or ""):match("^%a+") or ""
end

function Pandoc(doc)
  local own = language(pandoc.utils.stringify(doc.meta.lang or ""))
  local found = {}
  local body = doc.blocks:walk {
    Div = function(div)
      if not div.classes:includes("abstract") then return nil end
      local lang = language(div.attributes.lang)
      found[#found + 1] = { lang = lang == "" and own or lang, blocks = div.content }
      return {}
    end,
  }
  local translated = pandoc.List {}
  for _, abstract in ipairs(found) do
    if abstract.lang == own then
      doc.meta.abstract = pandoc.MetaBlocks(abstract.blocks)
    else
      local told = (doc.meta.languages or {})[abstract.lang] or { lang = abstract.lang, abstract = abstract.lang }
      told.body = pandoc.MetaBlocks(abstract.blocks)
      translated:insert(told)
    end
  end
  if #translated > 0 then doc.meta.translated = translated end
  doc.meta.languages = nil -- or what is in a translated abstract would be there twice
  doc.blocks = body
  return doc
end
