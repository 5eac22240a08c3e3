--[[
The paper under Quarto: what the embedded engine's filters do, before Quarto's own see the document, so that both
engines set the same text in the same templates.

A code block of class `title-block` (JSON, from `recomputed/src/recomputed/typeset/titleblock.py`) becomes what the templates read.
]]

local FOLDER = pandoc.path.directory((debug.getinfo(1, "S").source:gsub("^@", "")))
local filters = assert(loadfile(pandoc.path.join { FOLDER, "filters.lua" }))(FOLDER)
local NAME = FORMAT:match("html") or FORMAT:match("typst") or FORMAT:match("docx") or FORMAT:match("jats")

--- The page's style, with its fonts in it.
local function stylesheet()
  return (filters.read(filters.asset("paper.css")):gsub('url%("([^":]+%.woff2)"%)', function(font)
    local content = filters.read(filters.asset(font))
    return 'url("data:font/woff2;base64,' .. quarto.base64.encode(content) .. '")'
  end))
end

--- `: Caption {#tbl-x}`, which Quarto reads as text and takes apart later.
local function labelled(tbl)
  local last = tbl.caption.long[#tbl.caption.long]
  local words = last and last.content
  local label = words and #words > 0 and words[#words].t == "Str" and words[#words].text:match("^{#(tbl%-[^%s}]+)}$")
  if not label then return nil end
  words:remove(#words)
  if #words > 0 and words[#words].t == "Space" then words:remove(#words) end
  tbl.identifier = label
  return tbl
end

--- `{{< meta title >}}` is text, as in the embedded engine: what a data cell holds is printed and not obeyed.
local function shortcode(span)
  local source = span.attributes["data-raw"]
  return span.classes:includes("quarto-shortcode__") and source and pandoc.Str(source) or nil
end

--- The body without its title block, and what that tells: front matter, and what is escaped for its format already.
local function title_block(doc)
  local front, variables, pictures = {}, {}, {}
  doc = doc:walk { CodeBlock = function(block)
    if not block.classes:includes("title-block") then return nil end
    local told = pandoc.json.decode(block.text, false)
    front, variables, pictures = told.front, told.variables, told.pictures -- strings, which are text; literal.lua reads those that are Markdown
    return {}
  end }
  doc = doc:walk { Image = function(image)
    image.src = pictures[image.src] or image.src
    return image
  end }
  return doc, front, variables
end

local function raw(text)
  return pandoc.MetaInlines { pandoc.RawInline(NAME, text) }
end

--- The paper as this format's template takes it; the supplement where the settings say `part: supplement`.
local function finished(doc)
  local name = doc.meta.part and pandoc.utils.stringify(doc.meta.part) or "paper"
  local front, variables
  doc, front, variables = title_block(doc:walk { Table = labelled, Span = shortcode })
  front["link-citations"] = true
  front.csl = front.csl or filters.asset("apa.csl") -- the style of a project that has the extension above itself
  doc = filters.run(pandoc.Pandoc(doc.blocks, front), NAME, { "literal" })
  local parts = filters.cut(filters.run(doc, NAME, { "crossref", "abstract" }))
  if not parts[name] then error("paper.qmd has no heading of class ." .. name) end
  doc = filters.for_format(parts[name], NAME, parts.part[name])
  for key, text in pairs(variables[name]) do doc.meta[key] = raw(text) end
  if NAME == "html" then
    doc.meta.style = raw(stylesheet())
    doc.meta.contents = raw(filters.contents(doc, doc.meta["number-sections"] == true))
  end
  return doc
end

--- At `pre-ast` the paper is finished and put by; at `post-finalize` it takes the place of what Quarto made of nothing.
function Pandoc(doc)
  if not NAME then return nil end -- the notebook that Quarto makes of a manuscript
  if _G.paper then return _G.paper end
  _G.paper = finished(doc)
  return pandoc.Pandoc({}, doc.meta)
end
