--[[
What both engines do to a document for one format: `formats.lua` for the embedded one, `quarto.lua` for Quarto.
Loaded with the folder that the filters are in: `loadfile(…)(folder)`.
]]

local FOLDER = ...
local M = {}

function M.asset(name)
  return pandoc.path.join { FOLDER, name }
end

function M.read(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("a")
  file:close()
  return content
end

-- Quarto's conditional content, for the formats that it names here: html, pdf, docx, jats.
local function conditional(doc, format)
  local name = format == "typst" and "pdf" or format
  return doc:walk {
    Div = function(div)
      local visible, hidden = div.classes:includes("content-visible"), div.classes:includes("content-hidden")
      if not (visible or hidden) then return nil end
      local wanted, unwanted = div.attributes["when-format"], div.attributes["unless-format"]
      local matches = (wanted == nil or wanted == name) and (unwanted == nil or unwanted ~= name)
      return matches == visible and div.content or {}
    end,
  }
end

--- `doc` after the filters of these names; `elsewhere` is the file that holds what is not in it.
function M.run(doc, format, names, elsewhere)
  for _, name in ipairs(names) do
    -- an environment of its own, or a filter would find the functions of the one before
    local environment = setmetatable({ FORMAT = format, LABELS = doc.meta.labels, ELSEWHERE = elsewhere }, { __index = _G })
    doc = pandoc.utils.run_lua_filter(doc, M.asset(name .. ".lua"), environment)
  end
  return doc
end

local parts = dofile(M.asset("parts.lua"))
M.cut = parts.cut

--- One of the documents that `cut` gave, and what it is part of, as one format sets it.
function M.for_format(doc, format, part)
  if format == "typst" then doc = M.run(doc, format, { "hyphens" }) end
  local linked, elsewhere = parts.linked(doc, format, part)
  if format ~= "jats" and not (part and part.name == "supplement") then linked = parts.declared(linked) end
  return M.run(conditional(linked, format), format, { "statements", "numbers", "equations", "floats", "cards" }, elsewhere)
end

--- The page's list of contents. Its numbers are no places of their own: they are plain text.
function M.contents(doc, numbered)
  local headed = doc.blocks:filter(function(block) return block.t == "Header" or block.t == "Div" end) -- one may be in a div
  local plain = pandoc.Pandoc(headed, doc.meta):walk {
    Span = function(span) if span.classes:includes("num") then return span.content end end,
    RawInline = function(inline) return pandoc.RawInline(inline.format, (inline.text:gsub('<span id=".-">', "<span>"))) end,
  }
  local list = pandoc.structure.table_of_contents(plain, { number_sections = numbered, toc_depth = 3 })
  return pandoc.write(pandoc.Pandoc { list }, "html5", { html_math_method = "mathml" })
end

return M
