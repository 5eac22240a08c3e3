--[[
A pandoc writer that writes every format in one run, so that the manuscript is read and its references
are resolved once: the variable `job` names a JSON file of

  { "formats": ["typst", ...], "folder": "where to write", "variables": { ... for the templates } }

Each format is written to `folder/paper.<format>`; its name goes to standard output when it is there.
]]

local ASSETS = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local WRITERS = {
  typst = { to = "typst-citations-smart", template = "paper.typ" },
  html = { to = "html5", template = "paper.html" },
  docx = { to = "docx", template = "paper.openxml" },
  jats = { to = "jats_publishing+element_citations", template = "paper.jats" },
}

local function read(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("a")
  file:close()
  return content
end

local function asset(name)
  return pandoc.path.join { ASSETS, name }
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

local function filtered(doc, format)
  doc = conditional(doc, format)
  for _, name in ipairs { "numbers.lua", "equations.lua", "floats.lua", "cards.lua" } do
    -- an environment of its own, or a filter would find the functions of the one before
    local environment = setmetatable({ FORMAT = format }, { __index = _G })
    doc = pandoc.utils.run_lua_filter(doc, asset(name), environment)
  end
  return doc
end

--- The page's list of contents. Its numbers are no places of their own: they are plain text.
local function contents(doc, numbered)
  local plain = doc:walk {
    Span = function(span) if span.classes:includes("num") then return span.content end end,
    RawInline = function(inline) return pandoc.RawInline(inline.format, (inline.text:gsub('<span id=".-">', "<span>"))) end,
  }
  local list = pandoc.structure.table_of_contents(plain, { number_sections = numbered, toc_depth = 3 })
  return pandoc.write(pandoc.Pandoc { list }, "html5", { html_math_method = "mathml" })
end

function Writer(doc, options)
  local job = pandoc.json.decode(read(tostring(options.variables.job)), false)
  local numbered = doc.meta["number-sections"] == true
  local headings = doc.blocks:find_if(function(block) return block.t == "Header" end)
  job.variables["closing-level"] = headings and "2" or "1"
  for _, format in ipairs(job.formats) do
    local writer, result = WRITERS[format], filtered(doc, format)
    if format == "html" then job.variables["contents"] = contents(result, numbered) end
    local text = pandoc.write(result, writer.to, {
      template = pandoc.template.compile(read(asset(writer.template))),
      variables = job.variables,
      number_sections = numbered,
      html_math_method = "mathml",
      reference_doc = asset("reference.docx"),
    })
    local file = assert(io.open(pandoc.path.join { job.folder, "paper." .. format }, "wb"))
    file:write(text)
    file:close()
    io.stdout:write(format, "\n")
    io.stdout:flush()
  end
  return ""
end
