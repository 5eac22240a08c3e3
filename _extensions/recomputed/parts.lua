--[[
The paper and its supplement: the first heading of class `.supplement` and all that follows it are a document of
their own, cut off when references are resolved already. The heading itself becomes that document's title.
A link across the cut leads into the other file.
]]

local M = {}

local FILES = {
  html = { paper = "index.html", supplement = "supplement.html" },
  typst = { paper = "paper.pdf", supplement = "supplement.pdf" },
  docx = { paper = "paper.docx", supplement = "supplement.docx" },
}
local DECLARED = { { "availability", "availability" }, { "support", "funding" }, { "acknowledgements", "thanks" } }
local OF_THE_PAPER = { "subtitle", "abstract", "translated", "titles", "keyword", "availability", "support", "acknowledgements" }

local function copied(meta)
  local copy = {}
  for key, value in pairs(meta) do copy[key] = value end
  return copy
end

local function unnumbered(header)
  if not header.classes:includes("unnumbered") then header.classes:insert("unnumbered") end
  return header
end

--- The labels of all that can be linked to.
function M.labels(blocks)
  local found = {}
  local function note(element)
    if element.identifier ~= "" then found[element.identifier] = true end
  end
  local all = {}
  for _, kind in ipairs { "Header", "Div", "Figure", "Table", "CodeBlock", "Span", "Code", "Link", "Image" } do all[kind] = note end
  blocks:walk(all)
  return found
end

local function has(blocks, kind, wanted)
  local found = false
  blocks:walk { [kind] = function(element) found = found or wanted(element) end }
  return found
end

--- Give the list of references its heading, unless the manuscript wrote one before `::: {#refs}`.
local function with_references(doc, always)
  if not doc.meta.bibliography then return doc end
  local placed = has(doc.blocks, "Div", function(div) return div.identifier == "refs" end)
  if not (placed or always or has(doc.blocks, "Cite", function() return true end)) then return doc end
  local words = pandoc.utils.stringify(doc.meta.labels.references)
  local heading = pandoc.Header(1, words, pandoc.Attr((pandoc.text.lower(words):gsub("%s+", "-")), { "unnumbered" }))
  if not placed then
    doc.blocks:extend { heading, pandoc.Div({}, pandoc.Attr("refs")) }
    return doc
  end
  for i, block in ipairs(doc.blocks) do
    local before = doc.blocks[i - 1]
    if block.t == "Div" and block.identifier == "refs" and not (before and before.t == "Header") then
      doc.blocks:insert(i, heading)
      break
    end
  end
  return doc
end

local function supplement(doc, first)
  local blocks = pandoc.Blocks { table.unpack(doc.blocks, first + 1) }
  local highest = 9
  blocks:walk { Header = function(header) highest = math.min(highest, header.level) end }
  blocks = blocks:walk { Header = function(header)
    header.level = math.max(1, header.level - highest + 1)
    return unnumbered(header)
  end }
  local anchor = doc.blocks[first].identifier
  if anchor ~= "" then blocks:insert(1, pandoc.Div({}, pandoc.Attr(anchor))) end
  local meta = copied(doc.meta)
  for _, key in ipairs(OF_THE_PAPER) do meta[key] = nil end
  local title = pandoc.Inlines { pandoc.Str(pandoc.utils.stringify(meta.labels.supplement) .. ":"), pandoc.Space() }
  title:extend(pandoc.Inlines(meta.title))
  meta.title = title
  return with_references(pandoc.Pandoc(blocks, meta), false)
end

--- The documents that `doc` is, by their names: `paper`, and `supplement` where it has one; their `order`; and of each
--- what it is a part of.
function M.cut(doc)
  local _, first = doc.blocks:find_if(function(block)
    return block.t == "Header" and block.classes:includes("supplement")
  end)
  if not first then return { order = { "paper" }, paper = with_references(doc, true), part = {} } end
  local paper = pandoc.Pandoc(pandoc.Blocks { table.unpack(doc.blocks, 1, first - 1) }, copied(doc.meta))
  local parts = { order = { "paper", "supplement" }, paper = with_references(paper, true), supplement = supplement(doc, first), part = {} }
  parts.supplement.blocks:walk { CodeBlock = function(block) -- the cards of either page
    if block.classes:includes("number-cards") then paper.blocks:insert(block) end
  end }
  for name, other in pairs { paper = "supplement", supplement = "paper" } do
    parts.part[name] = { name = name, other = other, elsewhere = M.labels(parts[other].blocks) }
  end
  return parts
end

--- What Word calls a label.
local function bookmark(label)
  return label:match("^%a") and #label <= 40 and label or "X" .. pandoc.utils.sha1(label):sub(2)
end

--- Who paid, where the data are and what one may do with the text, before the references.
function M.declared(doc)
  local blocks, meta = pandoc.Blocks {}, doc.meta
  local function declare(label, inlines)
    blocks:insert(pandoc.Header(1, pandoc.Inlines(meta.labels[label]), pandoc.Attr(label, { "unnumbered", "unlisted" })))
    blocks:insert(pandoc.Para(inlines))
  end
  for _, pair in ipairs(DECLARED) do
    if meta[pair[1]] then declare(pair[2], pandoc.Inlines(meta[pair[1]])) end
  end
  local rights = meta.rights
  if rights and rights.text then
    local text = pandoc.utils.stringify
    local address = text(rights.url or "")
    local licence = address ~= "" and pandoc.Link(text(rights.text), address) or pandoc.Str(text(rights.text))
    declare("rights", { pandoc.Str(("© %s %s. %s "):format(text(rights.year), text(rights.holder), text(meta.labels.licensed))),
      licence, pandoc.Str(".") })
  end
  if #blocks == 0 then return doc end
  local _, at = doc.blocks:find_if(function(block) return block.t == "Div" and block.identifier == "refs" end)
  at = at and at - 1 or #doc.blocks + 1
  local all = doc.blocks:clone() -- the other formats have the same document
  all:insert(at, pandoc.Div(blocks, pandoc.Attr("declarations")))
  return pandoc.Pandoc(all, meta)
end

--- One of these documents with its links across the cut as a format has them, and one link to the other document; and
--- the other's file.
function M.linked(doc, format, part)
  if not part then return doc end
  local words = doc.meta.labels[part.other]
  if format == "jats" then
    doc.meta.supplement = words
    return doc:walk { Link = function(link)
      if not part.elsewhere[link.target:match("^#(.*)$")] then return nil end
      link.target, link.attributes["ref-type"] = "#supplement", "supplementary-material"
      return link
    end }
  end
  local file = FILES[format][part.other]
  doc = doc:walk { Link = function(link)
    local label = link.target:match("^#(.*)$")
    if not part.elsewhere[label] then return nil end
    link.target = file .. "#" .. (format == "docx" and bookmark(label) or label)
    return link
  end }
  doc.meta.supplement = part.name == "supplement"
  doc.meta.other = pandoc.Inlines { pandoc.Link(pandoc.Inlines(words), file) }
  return doc, file
end

return M
