--[[
`[25%]{.num data-number="height.mean.oak"}`, which an inline value prints, keeps its number's id in
every format, so that each number in a finished document leads back to its rows. Both engines use this.

  HTML   <span class="num" id="num-height.mean.oak-1" data-number="height.mean.oak">
  DOCX   a run in character style "Number", in a bookmark of that name
  JATS   <named-content content-type="number" specific-use="height.mean.oak" id="num-height.mean.oak-1">
  typst  #[#metadata("height.mean.oak")<number>]25%: found by a query of <number>

Occurrences are counted per number, so that every id in a document is its own. In a formula the same is text:

  HTML   a <span> like the others, in the formula's <mtext>
  DOCX   a text run between two marks, which `word.py` turns into the bookmark
  JATS   <mml:mtext class="number" id="num-height.mean.oak-1">
]]

local seen = {}

--- Word takes letters, digits and underscores, at most 40 characters of them.
local function bookmark(id)
  return "num_" .. id:gsub("[^%w]", "_"):sub(-30)
end

--- The occurrence's own name: a bookmark's in Word, an id elsewhere.
local function occurrence(id)
  local key = FORMAT:match("docx") and bookmark(id) or id -- two long ids can share a bookmark
  seen[key] = (seen[key] or 0) + 1
  return FORMAT:match("docx") and key .. "_" .. seen[key] or "num-" .. id .. "-" .. seen[key]
end

local MARKED = "%[([^%]]*)%]{%.(%a+) data%-%a+=\"([^\"]*)\"}" -- what an inline value prints, in a formula's source
local OPEN, CLOSE = "⟦", "⟧" -- around an occurrence's name, before its text

local function tex_text(markdown)
  local plain = markdown:gsub("\\(.)", "%1"):gsub("&#(%d+);", function(code) return utf8.char(tonumber(code)) end)
  return "\\text{" .. plain:gsub("[#$%%&_{}]", "\\%0") .. "}"
end

--- A formula with inline values in it: they are text of the formula, and keep their ids where a format can.
function Math(math)
  if not math.text:match(MARKED) then return nil end
  local ids = {}
  local keeps = FORMAT:match("html") or FORMAT:match("docx") or FORMAT:match("jats")
  local source = math.text:gsub(MARKED, function(text, class, id)
    if class ~= "num" or not keeps then return tex_text(text) end
    local name = occurrence(id)
    ids[name] = id
    return tex_text(OPEN .. name .. CLOSE .. text)
  end)
  math.text = source
  if FORMAT:match("docx") or not keeps then return math end
  local marked, html = OPEN .. "(num[-_].-)" .. CLOSE, FORMAT:match("html")
  local written = pandoc.write(pandoc.Pandoc { pandoc.Plain { math } }, html and "html5" or "jats_publishing",
    { html_math_method = "mathml" })
  written = written:gsub("(<[%a:]*mtext[^>]*)>" .. marked .. "([^<]*)", function(tag, name, text)
    if html then
      return ('%s><span id="%s" class="num" data-number="%s">%s</span>'):format(tag, name, ids[name], text)
    end
    return ('%s class="number" id="%s">%s'):format(tag, name, text)
  end)
  written = written:gsub(marked, ""):gsub("^<p>(.*)</p>%s*$", "%1") -- the source that goes along has the marks too
  return pandoc.RawInline(html and "html" or "jats", written)
end

--- A range in what is quoted, which the page does not break at its dash; a number's own `.num` sees to that.
local function whole_range(str)
  return str.text:match("%d[–-]+%d") and pandoc.Span({ str }, { class = "range" }) or nil
end

function Span(span)
  if span.classes:includes("quoted") and FORMAT:match("html") then
    span.content = span.content:walk { Str = whole_range }
    return span
  end
  local id = span.attributes["data-number"] or span.attributes["number"]
  if not (id and span.classes:includes("num")) then return nil end
  local name = occurrence(id)
  if FORMAT:match("html") or FORMAT:match("epub") then
    return pandoc.Span(span.content,
      pandoc.Attr(name, { "num" }, { ["data-number"] = id }))
  elseif FORMAT:match("docx") then
    return pandoc.Span(span.content,
      pandoc.Attr(name, {}, { ["custom-style"] = "Number" }))
  elseif FORMAT:match("jats") then
    return pandoc.Span(span.content, pandoc.Attr(name, {},
      { ["content-type"] = "number", ["specific-use"] = id }))
  elseif FORMAT:match("typst") then
    local mark = pandoc.RawInline("typst", '#[#metadata("' .. id:gsub('["\\]', "") .. '")<number>]')
    local inlines = pandoc.Inlines { mark }
    inlines:extend(span.content)
    return inlines
  end
end
