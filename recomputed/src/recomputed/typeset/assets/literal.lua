--[[
A raw block or span that the manuscript marks for one format, `{=html}` say, is text in all of them:
what one format shows, every format shows.
]]

function RawInline(raw)
  return pandoc.Code(raw.text)
end

function RawBlock(raw)
  return pandoc.CodeBlock(raw.text)
end
