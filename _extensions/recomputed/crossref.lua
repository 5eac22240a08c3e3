--[[
Quarto's cross references, in both engines: figures, tables, formulas and sections are numbered, captions get
"Figure 1: ", and @fig-x, @tbl-x, @eq-x, @sec-x, [-@fig-x], [See @fig-x; @tbl-y] become links to them. A formula
`$$x$$ {#eq-x}` becomes `[$$x$$]{#eq-x .equation number=1}`, which `equations.lua` sets.

Also: an image's alt text is its fig-alt, where Quarto puts it. A reference to nothing, a label used twice, an image that is no file or shows nobody knows what, a
formula that is no TeX, a heading without words or of a level that does not follow are faults: one line each on
stderr, "FAULT<tab>label" and what is the matter, and exit code 65.
]]

local labels = {}                       -- the words of the paper's language
local NBSP = "\u{a0}"

local numbers = {}                      -- label -> "1" or "2.1"
local count = { fig = 0, tbl = 0, eq = 0 }
local series = ""                       -- "S" in the supplement
local faults = {}

local function kind_of(label)
  local kind = label:match("^(%a+)%-.")
  kind = kind and kind:lower()
  return labels.xref[kind] and kind or nil
end

local function title(kind)
  return pandoc.utils.stringify(labels.xref[kind])
end

local function normal(label)
  return label:sub(1, 1):lower() .. label:sub(2)
end

local function fault(label)
  faults[#faults + 1] = label
end

local function define(label, number)
  if numbers[label] then fault(label .. "\ttwice") end
  numbers[label] = number
end

--- Behind a heading of class `.supplement` figures, tables and formulas are S1, S2, …
local function enter(header)
  if series == "" and header.classes:includes("supplement") then
    series, count = "S", { fig = 0, tbl = 0, eq = 0 }
  end
end

local function counted(kind)
  count[kind] = count[kind] + 1
  return series .. count[kind]
end

--- Number `label` among its kind and put "Figure 1: " before the caption's first inline.
local function caption_numbered(label, blocks)
  local kind = kind_of(label)
  local number = counted(kind)
  define(label, number)
  local mark = pandoc.Span(
    pandoc.Inlines { pandoc.Str(title(kind) .. NBSP .. number .. ":") }, pandoc.Attr("", { "caption-label" }))
  local first = blocks[1]
  if first and first.content then
    first.content:insert(1, pandoc.Space())
    first.content:insert(1, mark)
    return blocks
  end
  return pandoc.Blocks { pandoc.Plain { mark } }
end

local function number_of(kind, label)
  return kind_of(label) == kind
end

--- An image's file and alternative.
local function shown(image)
  local file = io.open(image.src, "rb")
  if file then file:close() else fault(image.src .. "\tno file") end
  local text = image.attributes["fig-alt"] or image.attributes["alt"]
  image.attributes["fig-alt"] = nil
  if text then
    image.attributes["alt"] = text
    image.caption = pandoc.Inlines { pandoc.Str(text) }
  end
  if pandoc.utils.stringify(image.caption):match("^%s*$") then fault(image.src .. "\tno alt") end
  return image
end

--- The headings of the paper in their order, callouts' titles left out.
local function headings(blocks, first, found)
  for i = first, #blocks do
    local block = blocks[i]
    if block.t == "Header" then
      found:insert(block)
    elseif block.t == "Div" then
      local is_callout = block.classes:find_if(function(class) return class:match("^callout%-") end)
      local titled = is_callout and not block.attributes.title and block.content[1] and block.content[1].t == "Header"
      headings(block.content, titled and 2 or 1, found)
    elseif block.t == "BlockQuote" then
      headings(block.content, 1, found)
    end
  end
  return found
end

--- A paper whose sections begin with `##`, below its title, is one whose sections begin with `#`.
local function raised(doc)
  local highest = 9
  for _, header in ipairs(headings(doc.blocks, 1, pandoc.List {})) do highest = math.min(highest, header.level) end
  if highest == 1 or highest == 9 then return doc end
  return doc:walk { Header = function(header)
    header.level = math.max(1, header.level - highest + 1)
    return header
  end }
end

--- A reader who hears the paper goes from heading to heading: each has words, and none skips a level.
local function headings_checked(doc)
  local before = 0
  for _, header in ipairs(headings(doc.blocks, 1, pandoc.List {})) do
    local words = pandoc.utils.stringify(header.content):gsub("%s+", " ")
    if words:match("^%s*$") then
      fault(("#"):rep(header.level) .. "\tno words")
    elseif header.level > before + 1 then
      fault(words .. "\tlevel\t" .. before + 1 .. "\t" .. header.level)
    end
    before = header.level
  end
end

--- A formula that pandoc cannot read would be set as its source.
local function readable(math)
  local tried = math:clone()
  tried.text = tried.text:gsub("%[[^%]]*%]{%.%a+ data%-%a+=\"[^\"]*\"}", "x") -- inline values
  local written = pandoc.write(pandoc.Pandoc { pandoc.Plain { tried } }, "html5", { html_math_method = "mathml" })
  if not written:match("<math") then fault(math.text:gsub("%s+", " ") .. "\tno TeX") end
end

--- `::: {#tbl-x}` around a table whose caption is the div's last paragraph.
local function from_div(div)
  if not (number_of("fig", div.identifier) or number_of("tbl", div.identifier)) then return nil end
  local last = div.content[#div.content]
  if #div.content < 2 or last.t ~= "Para" then return nil end
  local body = div.content:clone()
  body:remove(#body)
  local caption = pandoc.Blocks { pandoc.Plain(last.content) }
  if #body == 1 and body[1].t == "Table" then
    body[1].identifier = div.identifier
    body[1].caption.long = caption
    return body[1]
  end
  return pandoc.Figure(body, { long = caption }, pandoc.Attr(div.identifier, div.classes))
end

local numbered = {
  traverse = "topdown",
  Header = enter,
  Figure = function(figure)
    if number_of("fig", figure.identifier) then
      figure.caption.long = caption_numbered(figure.identifier, figure.caption.long)
      return figure
    end
  end,
  Table = function(tbl)
    if number_of("tbl", tbl.identifier) then
      tbl.caption.long = caption_numbered(tbl.identifier, tbl.caption.long)
      return tbl
    end
  end,
}

local function numbered_formula(span)
  if not span.classes:includes("equation") then return nil end
  span.attributes.number = counted("eq")
  define(span.identifier, span.attributes.number)
  return span
end

--- `$$x$$ {#eq-x}`: the label stands right behind a formula that is set apart.
local function equations(inlines)
  for i = #inlines - 1, 1, -1 do
    local at = inlines[i + 1].t == "Space" and i + 2 or i + 1
    local math, mark = inlines[i], inlines[at]
    local label, rest = nil, nil
    if math.t == "Math" and math.mathtype == "DisplayMath" and mark and mark.t == "Str" then
      label, rest = mark.text:match("^{#(eq%-[^{}%s]+)}(.*)$")
    end
    if label then
      for _ = i + 1, at do inlines:remove(i + 1) end
      if rest ~= "" then inlines:insert(i + 1, pandoc.Str(rest)) end
      inlines[i] = pandoc.Span({ math }, pandoc.Attr(label, { "equation" }))
    end
  end
  return inlines
end

local function number_sections(doc)
  local numbering = doc.meta["number-sections"]
  if not numbering then return end
  local depth, supplement = {}, false
  doc:walk {
    traverse = "topdown",
    Div = function(div) -- a callout's heading is its title, not a section's
      for _, class in ipairs(div.classes) do
        if class:match("^callout%-") then return div, false end
      end
    end,
    Header = function(header)
      supplement = supplement or header.classes:includes("supplement")
      if supplement or header.classes:includes("unnumbered") then return end
      for level = header.level + 1, 9 do depth[level] = nil end
      depth[header.level] = (depth[header.level] or 0) + 1
      local parts = {}
      for level = 1, header.level do parts[level] = tostring(depth[level] or 0) end
      if number_of("sec", header.identifier) then define(header.identifier, table.concat(parts, ".")) end
    end,
  }
end

local function reference(citation)
  local label = normal(citation.id)
  local number = numbers[label]
  if not number then
    fault(label)
    number = "?"
  end
  local text = pandoc.Inlines {}
  if #citation.prefix > 0 then
    text:extend(citation.prefix)
    text:insert(pandoc.Str(NBSP))
  elseif citation.mode ~= "SuppressAuthor" then
    text:insert(pandoc.Str(title(kind_of(label)) .. NBSP))
  end
  text:insert(pandoc.Str(number))
  return pandoc.Link(text, "#" .. label, "", pandoc.Attr("", { "quarto-xref" }))
end

local resolved = {
  Cite = function(cite)
    local out, rest = pandoc.Inlines {}, pandoc.List {}
    for _, citation in ipairs(cite.citations) do
      if kind_of(citation.id) then
        if #out > 0 then out:extend { pandoc.Str(","), pandoc.Space() } end
        out:insert(reference(citation))
        out:extend(citation.suffix)
      else
        rest:insert(citation)
      end
    end
    if #out == 0 then return nil end
    if #rest > 0 then
      out:extend { pandoc.Str(";"), pandoc.Space(), pandoc.Cite(cite.content, rest) }
    end
    return out
  end,
}

--- `[]{.named data-named=label}` says in which sections the text links to that label, and leads back to them.
local function named(doc)
  local places, section = {}, nil
  local function note(link)
    local label = link.target:match("^#(.+)$")
    if not (label and section) then return end
    places[label] = places[label] or pandoc.List {}
    if not places[label]:includes(section) then places[label]:insert(section) end
  end
  doc:walk {
    traverse = "topdown",
    Div = function(div) -- a callout's heading is its title, not a section's
      if not div.classes:find_if(function(class) return class:match("^callout%-") end) then return nil end
      div:walk { Link = note }
      return div, false
    end,
    Header = function(header) section = header.identifier end,
    Link = note,
  }
  local titles = {}
  local plain = { Span = function(span) return span.content end } -- a number counts where it is stated
  doc:walk { Header = function(header) titles[header.identifier] = header.content:walk(plain) end }
  return doc:walk { Span = function(span)
    if not span.classes:includes("named") then return nil end
    local out = pandoc.Inlines {}
    for _, id in ipairs(places[span.attributes["data-named"]] or {}) do
      out:extend { pandoc.Str(#out == 0 and " " or ","), #out == 0 and pandoc.Str("") or pandoc.Space() }
      local words = numbers[id] and { pandoc.Str(title("sec") .. NBSP .. numbers[id]) } or titles[id]
      out:insert(pandoc.Link(words, "#" .. id))
    end
    if #out == 0 then return {} end
    out:insert(1, pandoc.Emph(labels.named_in))
    return out
  end }
end

--- What the document has; to walk through all of it takes longer than all else here, so that this is done once.
local function surveyed(doc)
  local known, targets, has = {}, pandoc.List {}, {}
  local function note(element) known[element.identifier] = true end
  local survey = {
    Span = function(span)
      note(span)
      has.named = has.named or span.classes:includes("named")
      has.formula = has.formula or span.classes:includes("equation")
    end,
    Link = function(link)
      note(link)
      local label = link.target:match("^#(.+)$")
      if label then targets:insert(label) end
    end,
    Math = function(math)
      readable(math)
      has.formula = has.formula or math.mathtype == "DisplayMath"
    end,
    Image = function(image)
      note(image)
      return shown(image)
    end,
  }
  for _, kind in ipairs { "Header", "Div", "Figure", "Table", "CodeBlock", "Code" } do survey[kind] = note end
  return doc:walk(survey), known, targets, has
end

function Pandoc(doc)
  labels = doc.meta.labels
  local known, targets, has
  doc, known, targets, has = surveyed(raised(doc:walk { Div = from_div }))
  headings_checked(doc)
  if has.formula then
    doc = doc:walk { Inlines = equations }
    numbered.Span = numbered_formula
  end
  doc = doc:walk(numbered)
  number_sections(doc)
  for _, label in ipairs(targets) do
    if not (known[label] or numbers[label]) then fault(label .. "\tno place") end
  end
  if has.named then doc = named(doc) end
  doc = doc:walk(resolved)
  if #faults > 0 then
    for _, label in ipairs(faults) do io.stderr:write("FAULT\t" .. label .. "\n") end
    os.exit(65)
  end
  return doc
end
