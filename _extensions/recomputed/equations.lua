--[[
Formulas. Both engines use this.

typst: each has its TeX source as its alternative text, which PDF/UA asks for. The text is set for the formula's
surroundings.

What `crossref.lua` numbered, `[$$x$$]{#eq-x .equation number=1}`, gets its number:

  HTML   <span id="eq-x" class="equation"> with the formula and <span class="equation-number">(1)</span>
  JATS   <disp-formula id="eq-x"><label>(1)</label>
  typst  a numbered formula, labelled <eq-x>
  DOCX   the number after the formula, in a bookmark
]]

local HTML, TYPST, JATS = FORMAT:match("html"), FORMAT:match("typst"), FORMAT:match("jats")

local function typst_string(text)
  return '"' .. text:gsub("%s+", " "):gsub('[\\"]', "\\%0") .. '"'
end

local function set(math, more)
  return "#[#set math.equation(..alternative(" .. typst_string(math.text) .. ")" .. more .. ");"
end

if TYPST then
  function Math(math)
    return { pandoc.RawInline("typst", set(math, "")), math, pandoc.RawInline("typst", "]") }
  end
end

local function numbered_in_jats(span, number)
  local written = pandoc.write(pandoc.Pandoc { pandoc.Plain(span.content) }, "jats_publishing")
    :gsub("^<p>(.*)</p>%s*$", "%1")
  local opening = ('<disp-formula id="%s"><label>%s</label>'):format(span.identifier, number)
  return pandoc.RawInline("jats", (written:gsub("<disp%-formula>", opening, 1)))
end

local function numbered_in_typst(span, number)
  local math = nil
  span.content:walk { Math = function(found) math = found end }
  local written = pandoc.write(pandoc.Pandoc { pandoc.Plain { math } }, "typst"):gsub("%s+$", "")
  return pandoc.RawInline("typst", set(math, ", numbering: (..) => " .. typst_string(number))
    .. written .. " <" .. span.identifier .. ">" .. "]")
end

function Span(span)
  if not span.classes:includes("equation") then return nil end
  local number = "(" .. span.attributes.number .. ")"
  if JATS then return numbered_in_jats(span, number) end
  if TYPST then return numbered_in_typst(span, number) end
  span.attributes.number = nil
  if HTML then
    span.content:insert(pandoc.Span({ pandoc.Str(number) }, pandoc.Attr("", { "equation-number" })))
  else
    span.content:extend { pandoc.Str("\u{2003}" .. number) }
  end
  return span
end
