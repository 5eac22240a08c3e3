--[[
The cards of the page: in HTML, a code block of class `number-cards` (JSON, from `recomputed/src/recomputed/reading/cards.py`)
becomes the data that `cards.js` reads, with that script, `filter.js` and `cards.css` beside it; a code block of class
`number-rows` becomes one table a data file, in which each row has the id `row-<table>-<key>`, one of class
`statements` a table of them. Every other format leaves out all but the last, which `statements.lua` sets there. The table of all numbers, a div of class
`numbers`, is set small in the PDF.
Both engines use this.
]]

local HTML, TYPST = FORMAT:match("html") ~= nil, FORMAT:match("typst") ~= nil

local function asset(name)
  local folder = debug.getinfo(1, "S").source:match("^@(.*[/\\])") or ""
  local file = assert(io.open(folder .. name, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function html(text)
  return pandoc.RawBlock("html", text)
end

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

--- `data/trees.csv` and `oak` are the row `row-trees-oak`, in `cards.js` too.
local function row_id(file, key)
  return "row-" .. file:match("([^/]*)%.csv$") .. "-" .. key:gsub("%s", "-")
end

--- A data file as a table, folded under its name; `row` is what a row is called.
local function file_table(data, row)
  local file, out = escaped(data.file), pandoc.List {}
  local function add(...) out:extend { ... } end
  add('<details class="data-file"><summary><code>', file, "</code></summary>",
    '<div class="table-scroll" tabindex="0" role="region" aria-label="', file, '"><table><thead><tr><th>', escaped(row), "</th>")
  for _, column in ipairs(data.columns) do add("<th>", escaped(column), "</th>") end
  add("</tr></thead>\n<tbody>\n")
  for _, row in ipairs(data.rows) do
    add('<tr id="', escaped(row_id(data.file, row.key)), '" tabindex="-1"><td>', string.format("%d", row.sheet_row), "</td>")
    for _, text in ipairs(row.cells) do add("<td>", escaped(text), "</td>") end
    add("</tr>\n")
  end
  add("</tbody></table></div></details>")
  return html(table.concat(out))
end

local function data_rows(text)
  local told = pandoc.json.decode(text, false)
  local blocks = pandoc.Blocks {
    pandoc.Header(1, told.title, pandoc.Attr("data-rows", { "unnumbered", "appendix" })),
    html('<details class="data-files"><summary>' .. escaped(told.note) .. "</summary>"),
  }
  for _, data in ipairs(told.files) do blocks:insert(file_table(data, told.row)) end
  blocks:insert(html("</details>"))
  return blocks
end

--- Every statement of the article, a table that `filter.js` can filter.
local function statement_table(text)
  local data, out = pandoc.json.decode(text, false), pandoc.List {}
  local function cells(tag, row)
    out:insert("<tr>")
    for i, cell in ipairs(row) do
      local label = tag == "td" and ' data-label="' .. escaped(data.columns[i]) .. '"' or ""
      out:extend { "<", tag, label, ">", escaped(cell), "</", tag:match("^%a+"), ">" }
    end
    out:insert("</tr>\n")
  end
  out:extend { '<div id="statements" class="table-scroll" tabindex="0" role="region" aria-label="', escaped(data.name),
    '" data-filter="', escaped(data.filter), '" data-shown="', escaped(data.shown), '"><table><thead>' }
  cells('th scope="col"', data.columns)
  out:insert("</thead>\n<tbody>\n")
  for _, row in ipairs(data.rows) do cells("td", row) end
  out:insert("</tbody></table></div>")
  return html(table.concat(out))
end

function CodeBlock(block)
  if block.classes:includes("number-cards") then
    return HTML and {
      html("<style>\n" .. asset("cards.css") .. "</style>"),
      html('<script type="application/json" id="number-cards"' .. (ELSEWHERE and ' data-elsewhere="' .. ELSEWHERE .. '"' or "") .. ">" .. block.text .. "</script>"),
      html("<script>\n" .. asset("cards.js") .. "</script>"),
      html("<script>\n" .. asset("filter.js") .. "</script>"),
    } or {}
  elseif block.classes:includes("number-rows") then
    return HTML and data_rows(block.text) or {}
  elseif block.classes:includes("statements") then
    return HTML and statement_table(block.text) or nil
  end
end

local WIDTHS = { 0.3, 0.13, 0.15, 0.42 }

function Div(div)
  if not (TYPST and div.classes:includes("numbers")) then return nil end
  local out = pandoc.Blocks { pandoc.RawBlock("typst",
    "#[\n#show table.cell: set text(size: 7.2pt)\n#show raw: set text(size: 6.3pt)\n#set table(inset: (x: 3pt, y: 2.6pt))") }
  out:extend(div.content:walk {
    Table = function(tbl)
      for i, spec in ipairs(tbl.colspecs) do tbl.colspecs[i] = { spec[1], WIDTHS[i] } end
      return tbl
    end,
  })
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end
