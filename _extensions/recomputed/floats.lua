--[[
What each format's writer leaves out of figures, tables and callouts: HTML gets markup for the stylesheet; typst
gets alt text; DOCX gets the PNG beside the SVG, since pandoc cannot convert one, and fields that Word counts and
updates in labels and references; JATS gets its labels as elements and a figure in both its formats.
]]

--- A word of the paper's language.
local function label(key, part)
  return pandoc.utils.stringify(part and LABELS[key][part] or LABELS[key])
end

local HTML, TYPST = FORMAT:match("html") ~= nil, FORMAT:match("typst") ~= nil
local DOCX, JATS = FORMAT:match("docx") ~= nil, FORMAT:match("jats") ~= nil

local function raw(text)
  return pandoc.RawBlock(HTML and "html" or TYPST and "typst" or "jats", text)
end

local function html_escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function typst_string(text)
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("\n", " ") .. '"'
end

--- Kind and title of a `.callout-note` div; its title attribute or its first heading names it.
local function callout(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match("^callout%-(%a+)$")
    if kind and LABELS.callouts[kind] then
      local blocks = div.content:clone()
      if div.attributes.title then
        local title = pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes.title, "markdown").blocks)
        return kind, title, blocks
      elseif blocks[1] and blocks[1].t == "Header" then
        return kind, blocks:remove(1).content, blocks
      end
      return kind, pandoc.Inlines { pandoc.Str(label("callouts", kind)) }, blocks
    end
  end
end

local function wrapped(before, blocks, after)
  local out = pandoc.Blocks { raw(before) }
  out:extend(blocks)
  out:insert(raw(after))
  return out
end

function Div(div)
  local kind, title, blocks = callout(div)
  if not kind then return nil end
  if HTML then
    local head = wrapped('<div class="callout-header"><div class="callout-title-container">',
      { pandoc.Plain(title) }, "</div></div>")
    head:extend(wrapped('<div class="callout-body-container callout-body">', blocks, "</div>"))
    return wrapped('<div role="note" class="callout callout-style-default callout-titled callout-' .. kind .. '"'
      .. (div.identifier ~= "" and ' id="' .. html_escaped(div.identifier) .. '"' or "") .. ">", head, "</div>")
  elseif TYPST then
    local out = pandoc.Blocks { pandoc.Plain {
      pandoc.RawInline("typst", '#callout("' .. kind .. '", ['), pandoc.Span(title), pandoc.RawInline("typst", "])[") } }
    out:extend(blocks)
    out:insert(raw("]"))
    return out
  elseif DOCX then
    return { pandoc.Div({ pandoc.Para(title) }, { ["custom-style"] = "Callout Title" }),
             pandoc.Div(blocks, { ["custom-style"] = "Callout" }) }
  elseif JATS then
    local caption = pandoc.write(pandoc.Pandoc { pandoc.Plain(title) }, "jats_publishing")
      :gsub("%s+$", ""):gsub("^<p>", ""):gsub("</p>$", "")
    blocks:insert(1, raw("<caption><title>" .. caption .. "</title></caption>"))
    return pandoc.Div(blocks, pandoc.Attr(div.identifier, {}, { ["content-type"] = "callout-" .. kind }))
  end
end

--- The PNG of the same figure, if it is there.
local function png_of(path)
  local png = path:gsub("%.svg$", ".png")
  local file = png ~= path and io.open(png, "rb")
  if file then
    file:close()
    return png
  end
  return path
end

local SMALLEST = 0.64  -- a figure on a phone and a wide table in the PDF may shrink so far

--- An SVG drawn in the page itself takes the page's letters; one that could do more than draw stays outside. `class`
--- says for which pages it is; one that is for narrow ones is never scrolled.
local function drawn(image, svg, class)
  if svg:match("<script") or svg:match("<foreignObject") or svg:match("%son%a+%s*=") then return nil end
  local prefix = image.src:match("([^/]+)%.svg$"):gsub("[^%w]", "-") .. "-"
  svg = svg:gsub("^.-<svg", "<svg"):gsub("%s+$", "")
    :gsub(' id="', ' id="' .. prefix):gsub("url%(#", "url(#" .. prefix):gsub('href="#', 'href="#' .. prefix)
    :gsub(' aria%-[%a]+="[^"]*"', ""):gsub(' role="[^"]*"', "")
  local alt = html_escaped(pandoc.utils.stringify(image.caption))
  local width = tonumber(svg:match('viewBox="[%d.-]+ [%d.-]+ ([%d.]+)')) or 0
  local least = class and 0 or width * SMALLEST // 1
  local opening = ('<svg role="img" aria-label="%s" style="min-width:%dpx"'):format(alt, least)
  local focus = least > 360 and ' tabindex="0" role="group" aria-label="' .. html_escaped(label("scrollable")) .. '"' or ""
  return pandoc.RawInline("html", '<span class="figure-scroll' .. (class and " " .. class or "") .. '"' .. focus .. ">"
    .. svg:gsub("^<svg", function() return opening end) .. "</span>")
end

--- What a file holds; nil where there is none.
local function content_of(path)
  local file = io.open(path, "rb")
  local content = file and file:read("a")
  if file then file:close() end
  return content
end

--- A drawing, with the narrow one of the same figure for phones where there is one: the style shows one of them.
local function drawings(image, svg)
  local path = image.src:gsub("%.svg$", ".narrow.svg")
  local narrow = content_of(path)
  local wide = drawn(image, svg, narrow and "for-wide")
  if not (narrow and wide) then return wide end
  local other = image:clone()
  other.src = path
  return pandoc.Inlines { wide, drawn(other, narrow, "for-narrow") }
end

--- In a page that asks for no file: an image as a drawing, or else in its own address.
local function embedded(image)
  local content = assert(content_of(image.src), image.src)
  local drawing = image.src:match("%.svg$") and drawings(image, content)
  if drawing then return drawing end
  local kind = image.src:match("%.svg$") and "image/svg+xml" or image.src:match("%.png$") and "image/png" or "image/jpeg"
  local data_uri = pandoc.mediabag.make_data_uri -- since pandoc 3.7; under Quarto `embed-resources` does the same
  if data_uri then image.src = data_uri(kind, content) end
  return image
end

local PICTURE = "#picture("

local pictured = false

--- An image among words stays among them. To look at every list takes a while: only where there is an image.
local function among_words(inlines)
  if #inlines < 2 then return nil end
  local changed = false
  for _, inline in ipairs(inlines) do
    if inline.t == "RawInline" and inline.text:sub(1, #PICTURE) == PICTURE then
      inline.text, changed = inline.text:gsub("^#picture", "#inline-picture"), true
    end
  end
  return changed and inlines or nil
end

--- The paragraphs of a definition, which pandoc runs together.
function DefinitionList(list)
  for _, item in ipairs(list.content) do
    for _, blocks in ipairs(item[2]) do
      for i, block in ipairs(blocks) do
        if block.t == "Plain" and #blocks > 1 then blocks[i] = pandoc.Para(block.content) end
      end
    end
  end
  return list
end

function Image(image)
  if HTML then return embedded(image) end
  if TYPST then
    local size = ""
    for _, side in ipairs { "width", "height" } do
      local value = image.attributes[side]
      if value and value:match("^[%d.]+%a*%%?$") then
        size = size .. ", " .. side .. ": " .. value:gsub("px$", "pt"):gsub("%d$", "%0pt")
      end
    end
    local alt = pandoc.utils.stringify(image.caption)
    pictured = true
    return pandoc.RawInline("typst", PICTURE .. typst_string(image.src) .. ", alt: " .. typst_string(alt) .. size .. ")")
  elseif DOCX then
    image.src = png_of(image.src)
    return image
  elseif JATS then -- pandoc writes an image's text as if it were XML
    image.caption = pandoc.Inlines { pandoc.Str(html_escaped(pandoc.utils.stringify(image.caption))) }
    image.attributes.alt = nil
    return image
  end
end

local WHOLE = 45       -- lines of a table that is not to be broken over two pages
local FEW = 8          -- lines of one that stands where it is told of
local ROW = 15         -- lines of a row that is not to be
local LINE = 92        -- characters that fit a line of a table in the PDF
local TURNED = 146     -- and on a page that is turned
local SENTENCE = 40    -- characters of a cell that a narrow column makes tall
local LONG = DOCX and 28 or 24 -- a longer word may be broken: by Word wherever its cell ends
local SIZE = 8.7       -- of a table's letters in the PDF, in points
local SPARE = DOCX and 1.1 or 1 -- what a word may be wider in Word, where another font may stand in
local BOLD = DOCX and 1.6 or 1.2 -- and in a bold head
local LIST = 100       -- rows of a table that is looked up rather than read
local DENSE = 0.85     -- the scale of its letters

--- The longest word and the longest line of each column, and the length of each cell, row by row, in characters.
local function measured(tbl)
  local words, lines, lengths = {}, pandoc.List {}, {}
  local function look(rows, wider)
    for _, row in ipairs(rows) do
      local found = {}
      for i, cell in ipairs(row.cells) do
        local text = pandoc.utils.stringify(cell.contents)
        found[i] = utf8.len(text) or #text
        lines[i] = math.max(lines[i] or 1, found[i])
        for word in text:gmatch("%S+") do words[i] = math.max(words[i] or 1, (utf8.len(word) or #word) * wider) end
      end
      lengths[#lengths + 1] = found
    end
  end
  look(tbl.head.rows, BOLD)
  for _, body in ipairs(tbl.bodies) do look(body.body, SPARE) end
  return words, lines, lengths
end

--- The column that is widened next: that which makes rows tall, and with the most lines to be saved.
local function narrowest(widths, lengths)
  local saved, best = {}, nil
  for _, row in ipairs(lengths) do
    local tallest = 1
    for i, length in ipairs(row) do tallest = math.max(tallest, math.ceil(length / (widths[i] - 2))) end
    for i, length in ipairs(row) do
      if tallest > 1 and math.ceil(length / (widths[i] - 2)) == tallest then
        saved[i] = (saved[i] or 0) + (tallest - 1) ^ 0.5 * length / widths[i] ^ 2 -- tall rows first
        if not best or saved[i] > saved[best] then best = i end
      end
    end
  end
  return best
end

--- Columns as wide as their content asks: as is where all fits a line, else shares of the line, which is the turned
--- page's where it `turns` and the words alone take more than an upright one has, and of `scale`d letters. What the
--- words alone leave goes to the columns that make rows tall. Also gives the characters that the words alone take, and
--- those that each column has room for.
local function with_column_widths(tbl, turns, scale)
  local words, lines, lengths = measured(tbl)
  local widths, least, wanted = {}, 0, 0
  for i = 1, #tbl.colspecs do
    widths[i] = math.min(words[i] or 1, LONG) + 2
    least = least + widths[i]
    wanted = wanted + (lines[i] or 1) + 2
  end
  local line = LINE / (scale or 1)
  local room = turns and least > line and TURNED or line
  local sum = least
  while wanted > line and sum + 1 <= room do
    local next_ = narrowest(widths, lengths)
    if not next_ then break end
    widths[next_], sum = widths[next_] + 1, sum + 1
  end
  local rooms = pandoc.List {}
  for i, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[i] = { spec[1], wanted > line and widths[i] / sum or nil }
    rooms[i] = wanted > line and widths[i] / sum * room - 2.2 or (lines[i] or 1) * line / wanted
  end
  return tbl, least, rooms
end

--- The room that a word takes at most, in characters of middling width.
local function broad(word)
  local _, narrow = word:gsub("[a-ln-vx-z0-9.,:;/()%-]", "")
  return narrow * 1.1 + ((utf8.len(word) or #word) - narrow) * 1.7
end

--- A word that is wider than its column is broken. Only typst can tell, which takes time: it is asked of those that
--- may be.
local function with_fitting_cells(tbl, rooms)
  local function may_not_fit(cell, room)
    for word in pandoc.utils.stringify(cell.contents):gmatch("%S+") do
      if broad(word) > room then return true end
    end
    return false
  end
  local function fit(rows)
    for _, row in ipairs(rows) do
      for i, cell in ipairs(row.cells) do
        if may_not_fit(cell, rooms[i] or 0) then cell.contents = wrapped("#fitting[", cell.contents, "]") end
      end
    end
  end
  fit(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    fit(body.head)
    fit(body.body)
  end
  fit(tbl.foot.rows)
  return tbl
end

--- How many lines a table and its tallest row take, about.
local function heights(tbl, rooms)
  local all, tallest = 0, 0
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      local height = 1
      for i, cell in ipairs(row.cells) do
        height = math.max(height, math.ceil(broad(pandoc.utils.stringify(cell.contents)) / math.max(rooms[i] or 1, 1)))
      end
      all, tallest = all + height, math.max(tallest, height)
    end
  end
  return all, tallest
end

--- A head is repeated on the next page, where nothing may be followed or noted.
local function leads_on(tbl)
  local found = false
  local function note() found = true end
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do cell.contents:walk { Link = note, Note = note } end
  end
  return found
end

--- A head that is repeated says so.
local function with_continued_head(tbl)
  local first = tbl.head.rows[1] and tbl.head.rows[1].cells[1]
  if not first then return tbl end
  local caption = tbl.caption.long[1]
  local mark = caption and caption.content and caption.content[1]
  local name = mark and mark.t == "Strong" and pandoc.utils.stringify(mark):gsub(":$", "") .. ", " or "" -- by `Span`
  local words = pandoc.RawInline("typst", "#continued(" .. typst_string(name .. label("continued")) .. ");")
  if first.contents[1] and first.contents[1].content then
    first.contents[1].content:insert(1, words)
  else
    first.contents:insert(1, pandoc.Plain { words })
  end
  return tbl
end

--- A table for typst: whole on a page if it fits one, at the top or the foot of it where it has a caption; if it is
--- wide, on a turned page where it can have one, and smaller where that is not enough. One that `follows` another does
--- so wherever that has gone.
local function typst_table(tbl, may_turn, follows)
  local dense = tbl.bodies[1] and #tbl.bodies[1].body > LIST
  local letters = dense and DENSE or 1
  local sized, least, rooms = with_column_widths(tbl, may_turn, letters)
  local turned = may_turn and least > LINE / letters
  local scale = math.max(SMALLEST, math.min(letters, (turned and TURNED or LINE) / least))
  rooms = rooms:map(function(room) return room * letters / scale end)
  local all, tallest = heights(sized, rooms)
  local whole, captioned = all <= WHOLE, #tbl.caption.long > 0
  local floats = whole and captioned and (all > FEW or follows) and not turned
  local settings = (whole and "#show figure: set block(breakable: false);" or "")
    .. (tallest > ROW and "#show table.cell: set block(breakable: true);" or "")
    .. (leads_on(tbl) and "#set table.header(repeat: false);" or "")
    .. (dense and "#set table(inset: (x: 4pt, y: 2.8pt));" or "")
    .. (scale < 1 and ("#show table: set text(size: %.2fpt);"):format(SIZE * scale) or "")
  sized = with_fitting_cells(sized, rooms)
  if not whole and not leads_on(tbl) then sized = with_continued_head(sized) end
  local blocks = wrapped((floats and "#floating[" or "#[") .. settings, { sized }, "]")
  return turned and wrapped("#page(flipped: true)[", blocks, "]") or blocks
end

--- What typst reads as a shorthand is written as a string: three full stops, hyphens that would become dashes.
local function spelled_out(text)
  if text:match("%.%.%.") or text:match("%-[-?%d]") then return pandoc.RawInline("typst", "#" .. typst_string(text) .. ";") end
end

local SPELLED = { "byline", "institution", "keyword", "rights" } -- texts of the metadata that are printed

local function with_texts_spelled_out(value)
  if type(value) == "string" then return pandoc.Inlines { spelled_out(value) or pandoc.Str(value) } end
  if type(value) ~= "table" then return value end
  for key, one in pairs(value) do value[key] = with_texts_spelled_out(one) end
  return value
end

local jats_article

--- Only a table that stands by itself can have a page of its own.
function Pandoc(doc)
  if JATS then return jats_article(doc) end
  if not TYPST then return nil end
  if pictured then doc = doc:walk { Inlines = among_words } end
  local blocks = pandoc.Blocks {}
  for i, block in ipairs(doc.blocks) do
    if block.t == "Table" then
      blocks:extend(typst_table(block, true, i > 1 and doc.blocks[i - 1].t == "Table"))
    else
      blocks:extend(pandoc.Blocks { block }:walk { Table = function(tbl) return typst_table(tbl, false) end })
    end
  end
  doc.blocks = blocks
  for _, key in ipairs(SPELLED) do doc.meta[key] = with_texts_spelled_out(doc.meta[key]) end
  for _, abstract in ipairs(doc.meta.translated or {}) do abstract.keyword = with_texts_spelled_out(abstract.keyword) end
  return doc:walk { Str = function(str) return spelled_out(str.text) end }
end

--- Word knows paragraphs by style only, so a second abstract is given its own. Labels are plain text in runs.
function Meta(meta)
  if not DOCX then return nil end
  meta.keywords, meta.author = meta.keyword, pandoc.List {}
  for _, person in ipairs(meta.byline or {}) do meta.author:insert(person.name) end
  for _, people in ipairs { meta.byline or {}, meta.institution or {} } do
    for _, one in ipairs(people) do
      local mark = pandoc.utils.stringify(one.mark or "")
      if type(one.mark) == "table" and pandoc.utils.type(one.mark) == "List" then
        local marks = {}
        for i, number in ipairs(one.mark) do marks[i] = pandoc.utils.stringify(number) end
        mark = table.concat(marks, ",")
      end
      one.mark = mark ~= "" and pandoc.Inlines { pandoc.Superscript { pandoc.Str(mark) } } or nil
    end
  end
  for _, abstract in ipairs(meta.translated or {}) do
    abstract.body = pandoc.Blocks { pandoc.Div(pandoc.Blocks(abstract.body),
      pandoc.Attr("", {}, { ["custom-style"] = "Abstract", lang = pandoc.utils.stringify(abstract.lang) })) }
  end
  for _, one in ipairs { meta.labels or {}, table.unpack(meta.translated or {}) } do
    for key, text in pairs(one) do
      if pandoc.utils.type(text) == "Inlines" or type(text) == "string" then
        one[key] = pandoc.Inlines { pandoc.RawInline("openxml", html_escaped(pandoc.utils.stringify(text))) }
      end
    end
  end
  return meta
end

--- Word puts no room below a table or a callout; the paragraph after one brings its own.
Blocks = DOCX and function(blocks)
  for i = 2, #blocks do
    local before = blocks[i - 1]
    local closes = before.t == "Table" or (before.t == "Div" and before.attributes["custom-style"] == "Callout")
    if closes and blocks[i].t == "Para" then
      blocks[i] = pandoc.Div({ blocks[i] }, { ["custom-style"] = "Body After Table" })
    end
  end
  return blocks
end or nil

-- Word's fields and bookmarks -----------------------------------------------------------------------------------------

local bookmarks = 1000000 -- above those of pandoc

--- The bookmark that fields refer to: Word takes letters, digits and underscores, at most 40 of them.
local function target(label, part)
  local name = "_Ref_" .. (part or "") .. label:gsub("%-", "_")
  return #name <= 40 and label:match("^[%w-]+$") and name or "_Ref_" .. (part or "") .. pandoc.utils.sha1(label):sub(1, 20)
end

local function openxml(text)
  return pandoc.RawInline("openxml", text)
end

local function bookmarked(name, inlines)
  bookmarks = bookmarks + 1
  local out = pandoc.Inlines { openxml(('<w:bookmarkStart w:id="%d" w:name="%s"/>'):format(bookmarks, name)) }
  out:extend(inlines)
  out:insert(openxml(('<w:bookmarkEnd w:id="%d"/>'):format(bookmarks)))
  return out
end

--- `text` in a character style as what Word last computed for `code`.
local function field(code, text, style)
  local function run(content)
    return '<w:r><w:rPr><w:rStyle w:val="' .. style .. '"/></w:rPr>' .. content .. "</w:r>"
  end
  local function char(kind) return run('<w:fldChar w:fldCharType="' .. kind .. '"/>') end
  return openxml(char("begin") .. run('<w:instrText xml:space="preserve"> ' .. html_escaped(code) .. " </w:instrText>")
    .. char("separate") .. run('<w:t xml:space="preserve">' .. html_escaped(text) .. "</w:t>") .. char("end"))
end

--- "Figure 1" with the number as a field that counts figures, in a bookmark; the number has its own within.
local function counted(words, label, sequence)
  local before, number, after = words:match("^(.-%f[%w]S?)(%d+)(%D*)$")
  local series = before:match("S$") or ""
  local inlines = pandoc.Inlines { pandoc.Str(before:sub(1, #before - #series)) }
  inlines:extend(bookmarked(target(label, "n_"), { pandoc.Str(series), field("SEQ " .. sequence .. " \\* ARABIC", number, "CaptionLabel") }))
  inlines = bookmarked(target(label), inlines)
  inlines:insert(pandoc.Str(after))
  return inlines
end

local function word_caption(float)
  local first = float.caption.long[1]
  local mark = first and first.content and first.content[1]
  if not (mark and mark.t == "Span" and mark.classes:includes("caption-label")) then return nil end
  local words = pandoc.utils.stringify(mark)
  local sequence = words:match("^(.-)\u{a0}"):gsub("[^%w\128-\255]", "_")
  first.content[1] = pandoc.Span(counted(words, float.identifier, sequence), { ["custom-style"] = "Caption Label" })
  return float
end

--- A formula's number, which `equations.lua` put behind it.
local function word_equation(span)
  local last = span.content[#span.content]
  if not (last.t == "Str" and last.text:match("^\u{2003}%(S?%d+%)$")) then return nil end
  span.content:remove(#span.content)
  span.content:insert(pandoc.Str("\u{2003}("))
  span.content:extend(bookmarked(target(span.identifier, "n_"),
    { pandoc.Str(last.text:match("S") or ""), field("SEQ Equation \\* ARABIC", last.text:match("%d+"), "Number") }))
  span.content:insert(pandoc.Str(")"))
  return span
end

--- A cross reference is a field: Word says anew what is referred to when that has another number.
local function word_reference(link)
  if not link.classes:includes("quarto-xref") or link.target:sub(1, 1) ~= "#" then return nil end
  local label, words = link.target:sub(2), link.content:clone()
  local number = words:remove(#words).text
  local kind = label:match("^(%a+)%-")
  local title = LABELS.xref[kind] and pandoc.utils.stringify(LABELS.xref[kind]) .. "\u{a0}"
  local code = kind == "sec" and "REF " .. target(label) .. " \\r" or "REF " .. target(label, "n_")
  if (kind == "fig" or kind == "tbl") and pandoc.utils.stringify(words) == title then
    words, number, code = pandoc.Inlines {}, pandoc.utils.stringify(link), "REF " .. target(label)
  end
  words:insert(field(code .. " \\h", number, "Hyperlink"))
  return words
end

--- A heading that is referred to, by its paragraph's number.
local function word_heading(header)
  if not header.identifier:match("^sec%-") then return nil end
  header.content = bookmarked(target(header.identifier), header.content)
  return header
end

-- A format that needs no such function has none: to look at every element takes a while.
if DOCX then
  Header, Link = word_heading, word_reference
  function Span(span)
    return span.classes:includes("equation") and word_equation(span) or nil
  end
elseif TYPST then -- "Figure 1:" is set apart from its caption
  function Span(span)
    return span.classes:includes("caption-label") and pandoc.Strong(span.content) or nil
  end
end

--- JATS has an element for a label, and tables carry their id on the wrapper.
local function jats_caption(blocks)
  local label = pandoc.Inlines {}
  local first = blocks[1]
  if first and first.content and first.content[1] and first.content[1].t == "Span"
    and first.content[1].classes:includes("caption-label") then
    label = first.content:remove(1).content
    first.content:remove(1)
  end
  local text = pandoc.utils.stringify(label):gsub(":$", "")
  return (text ~= "" and "<label>" .. text .. "</label>" or "") .. "<caption>", blocks
end

local function as_para(block)
  return block.t == "Plain" and pandoc.Para(block.content) or block
end

--- A cell of the head is of its columns, one at the head of a row of that row.
local function scoped(tbl)
  local function say(rows, cells, one, more)
    for _, row in ipairs(rows) do
      for i = 1, math.min(cells or #row.cells, #row.cells) do
        local cell = row.cells[i]
        local spans = (one == "col" and cell.col_span or cell.row_span) > 1
        cell.attributes.scope = spans and more or one
      end
    end
  end
  say(tbl.head.rows, nil, "col", "colgroup")
  for _, body in ipairs(tbl.bodies) do
    say(body.head, nil, "col", "colgroup")
    say(body.body, body.row_head_columns, "row", "rowgroup")
  end
end

--- A table that has no caption gets the words of its section.
local function jats_table(tbl, section)
  tbl.colspecs = tbl.colspecs:map(function(spec) return { spec[1], nil } end)
  scoped(tbl)
  if #tbl.caption.long == 0 and section then
    tbl.caption.long = pandoc.Blocks { pandoc.Plain(pandoc.Inlines(pandoc.utils.stringify(section))) }
  end
  if #tbl.caption.long == 0 then return tbl end
  local before, caption = jats_caption(tbl.caption.long)
  local id = tbl.identifier ~= "" and ' id="' .. html_escaped(tbl.identifier) .. '"' or ""
  tbl.caption, tbl.identifier = { long = {} }, ""
  local out = wrapped("<table-wrap" .. id .. ">" .. before, caption:map(as_para), "</caption>")
  out:insert(tbl)
  out:insert(raw("</table-wrap>"))
  return out
end

--- A figure that is there as a drawing and as pixels, in both; its text is XML by now.
local function jats_picture(block)
  local image = (block.t == "Plain" or block.t == "Para") and #block.content == 1 and block.content[1]
  if not image or image.t ~= "Image" or png_of(image.src) == image.src then return block end
  local graphics = ""
  for _, one in ipairs { { image.src, "svg+xml" }, { png_of(image.src), "png" } } do
    graphics = graphics .. ('<graphic mimetype="image" mime-subtype="%s" xlink:href="%s"><alt-text>%s</alt-text></graphic>')
      :format(one[2], html_escaped(one[1]), pandoc.utils.stringify(image.caption))
  end
  return raw("<alternatives>" .. graphics .. "</alternatives>")
end

function Figure(figure)
  if DOCX then return word_caption(figure) end
  if TYPST then return wrapped("#floating[", { figure }, "]"), false end
  if not JATS then return nil end
  local before, caption = jats_caption(figure.caption.long)
  local id = figure.identifier ~= "" and ' id="' .. html_escaped(figure.identifier) .. '"' or ""
  local out = wrapped("<fig" .. id .. ">" .. before, caption:map(as_para), "</caption>")
  out:extend(figure.content:map(jats_picture))
  out:insert(raw("</fig>"))
  return out
end

--- The article's sections; those behind the references are appendices, as is what says so.
jats_article = function(doc)
  local section, behind = nil, false
  return doc:walk {
    traverse = "topdown",
    Div = function(div) behind = behind or div.identifier == "refs" end,
    Header = function(header)
      section = header
      if header.level == 1 and (behind or header.classes:includes("appendix")) then
        header.attributes["sec-type"] = "appendix"
      end
      return header
    end,
    Table = function(tbl) return jats_table(tbl, section), false end,
  }
end

local function has_sentences(tbl)
  local _, lines = measured(tbl)
  return lines:find_if(function(line) return line > SENTENCE end) ~= nil
end

--- A table of four columns or more, or of three with sentences in them, is restacked on a phone, by `paper.css`: each
--- cell says which column it is of.
local function labelled(tbl)
  local head = tbl.head.rows[#tbl.head.rows]
  if not head or #head.cells < 3 or (#head.cells == 3 and not has_sentences(tbl)) then return tbl end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      for i, cell in ipairs(#row.cells == #head.cells and row.cells or {}) do
        cell.attributes["data-label"] = pandoc.utils.stringify(head.cells[i].contents)
      end
    end
  end
  return tbl
end

function Table(tbl)
  if JATS then return nil end -- when its section is known, in `Pandoc`
  if TYPST then return nil end -- when all is known, in `Pandoc`
  if DOCX then
    word_caption(tbl)
    return (with_column_widths(tbl))
  end
  tbl = labelled(tbl)
  tbl.colspecs = tbl.colspecs:map(function(spec) return { spec[1], nil } end)
  local id = html_escaped(tbl.identifier)
  local caption = tbl.caption.long
  tbl.caption = { long = {} }
  tbl.identifier = ""
  local region = '<div class="table-scroll" tabindex="0" role="region"'
  if #caption == 0 then
    return wrapped(region .. ' aria-label="' .. html_escaped(label("xref", "tbl")) .. '">', { tbl }, "</div>")
  end
  local name = (id == "" and "tbl" or id) .. "-caption"
  local inner = wrapped('<figcaption id="' .. name .. '" class="quarto-float-caption">', caption, "</figcaption>")
  inner:extend(wrapped(region .. ' aria-labelledby="' .. name .. '">', { tbl }, "</div>"))
  return wrapped('<figure class="quarto-float quarto-float-tbl"' .. (id ~= "" and ' id="' .. id .. '"' or "") .. ">",
    inner, "</figure>")
end
