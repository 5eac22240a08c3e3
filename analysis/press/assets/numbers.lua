--[[
`[25%]{.num data-number="turnover.uplift.K2"}`, which an inline value prints, keeps its number's id in
every format, so that each number in a finished document leads back to its rows. Both engines use this.

  HTML   <span class="num" id="num-turnover.uplift.K2-1" data-number="turnover.uplift.K2">
  DOCX   a run in character style "Number", in a bookmark of that name
  JATS   <named-content content-type="number" specific-use="turnover.uplift.K2" id="num-turnover.uplift.K2-1">
  typst  #[#metadata("turnover.uplift.K2")<number>]25%: found by a query of <number>

Occurrences are counted per number, so that every id in a document is its own.
]]

local seen = {}

--- Word takes letters, digits and underscores, at most 40 characters of them.
local function bookmark(id)
  return "num_" .. id:gsub("[^%w]", "_"):sub(-30)
end

function Span(span)
  local id = span.attributes["data-number"] or span.attributes["number"]
  if not (id and span.classes:includes("num")) then return nil end
  local key = FORMAT:match("docx") and bookmark(id) or id -- two long ids can share a bookmark
  seen[key] = (seen[key] or 0) + 1
  local nth = seen[key]
  if FORMAT:match("html") or FORMAT:match("epub") then
    return pandoc.Span(span.content,
      pandoc.Attr("num-" .. id .. "-" .. nth, { "num" }, { ["data-number"] = id }))
  elseif FORMAT:match("docx") then
    return pandoc.Span(span.content,
      pandoc.Attr(key .. "_" .. nth, {}, { ["custom-style"] = "Number" }))
  elseif FORMAT:match("jats") then
    return pandoc.Span(span.content, pandoc.Attr("num-" .. id .. "-" .. nth, {},
      { ["content-type"] = "number", ["specific-use"] = id }))
  elseif FORMAT:match("typst") then
    local mark = pandoc.RawInline("typst", '#[#metadata("' .. id:gsub('["\\]', "") .. '")<number>]')
    local inlines = pandoc.Inlines { mark }
    inlines:extend(span.content)
    return inlines
  end
end
