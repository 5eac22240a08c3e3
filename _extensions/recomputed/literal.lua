--[[
A raw block or span that the manuscript marks for one format, `{=html}` say, is text in all of them:
what one format shows, every format shows.

Of the metadata these keys are Markdown, read as the manuscript is; all else there is text. An address is a link.
]]

local MARKDOWN = { "title", "subtitle", "availability", "support", "acknowledgements" }

function RawInline(raw)
  return pandoc.Code(raw.text)
end

function RawBlock(raw)
  return pandoc.CodeBlock(raw.text)
end

local function read(map, reader)
  for _, key in ipairs(MARKDOWN) do
    if map[key] then
      local blocks = pandoc.read(pandoc.utils.stringify(map[key]), reader).blocks
      map[key] = pandoc.utils.blocks_to_inlines(blocks:walk { RawInline = RawInline, RawBlock = RawBlock })
    end
  end
end

function Meta(meta)
  read(meta, meta.reader)
  for _, translated in ipairs(meta.titles or {}) do read(translated, meta.reader) end
  for _, person in ipairs(meta.byline or {}) do
    local address = person.email and pandoc.utils.stringify(person.email)
    if address then person.email = pandoc.Inlines { pandoc.Link(address, "mailto:" .. address) } end
  end
  meta.reader = nil
  return meta
end
