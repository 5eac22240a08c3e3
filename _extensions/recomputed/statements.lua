--[[
The table of all statements where no script filters it: a code block of class `statements` (JSON, from
`recomputed/src/recomputed/reading/cards.py`) becomes a table like others. Both engines use this.
]]

function CodeBlock(block)
  if FORMAT:match("html") or not block.classes:includes("statements") then return nil end
  local data = pandoc.json.decode(block.text, false)
  local function words(row) return pandoc.List(row):map(function(text) return { pandoc.Plain(pandoc.Inlines(text)) } end) end
  local rows = pandoc.List(data.rows):map(words)
  local aligned = pandoc.List(data.columns):map(function() return pandoc.AlignDefault end)
  local widths = aligned:map(function() return 0 end)
  return pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligned, widths, words(data.columns), rows))
end
