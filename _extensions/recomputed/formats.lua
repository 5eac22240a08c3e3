--[[
A pandoc writer that writes every format in one run, so that the manuscript is read and its references
are resolved once: the variable `job` names a JSON file of

  { "formats": ["typst", ...], "folder": "where to write", "variables": { "paper": { ... for the templates }, "supplement": { ... } },
    "reference": "the DOCX whose styles a DOCX gets", "parts": ["paper", "supplement"] of which those alone are written }

Each format is written to `folder/paper.<format>`, and to `folder/supplement.<format>` where the manuscript has one; the
file's name goes to standard output when it is there.
]]

local FOLDER = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local filters = assert(loadfile(pandoc.path.join { FOLDER, "filters.lua" }))(FOLDER)
local WRITERS = {
  typst = { to = "typst-citations-smart", template = "paper.typ" },
  html = { to = "html5", template = "paper.html" },
  docx = { to = "docx", template = "paper.openxml" },
  jats = { to = "jats_publishing+element_citations", template = "paper.jats" },
}

--- A part of the paper, with its own list of the sources that it cites. What is not among them citeproc, called like
--- this, would pass over in silence.
local function cited(part)
  if not part.meta.bibliography then return part end
  local known, missing = {}, pandoc.List {}
  for _, reference in ipairs(pandoc.utils.references(part)) do known[reference.id] = true end
  local function note(cite)
    for _, citation in ipairs(cite.citations) do
      if not (known[citation.id] or missing:includes(citation.id)) then missing:insert(citation.id) end
    end
  end
  part:walk { Cite = note }
  for _, key in ipairs(missing) do io.stderr:write("FAULT\t", key, "\tno source\n") end
  if #missing > 0 then os.exit(65) end
  return pandoc.utils.citeproc(part)
end

function Writer(doc, options)
  local job = pandoc.json.decode(filters.read(tostring(options.variables.job)), false)
  local numbered = doc.meta["number-sections"] == true
  local parts = filters.cut(doc)
  parts.order = pandoc.List(parts.order):filter(function(name) return job.parts == nil or pandoc.List(job.parts):includes(name) end)
  for _, name in ipairs(parts.order) do parts[name] = cited(parts[name]) end
  for _, format in ipairs(job.formats) do
    for _, name in ipairs(format == "jats" and { "paper" } or parts.order) do
      local writer, result = WRITERS[format], filters.for_format(parts[name], format, parts.part[name])
      local variables = job.variables[name]
      if format == "html" then variables["contents"] = filters.contents(result, numbered) end
      local text = pandoc.write(result, writer.to, {
        template = pandoc.template.compile(filters.read(filters.asset(writer.template))),
        variables = variables,
        number_sections = numbered,
        html_math_method = "mathml",
        reference_doc = job.reference,
      })
      local file = assert(io.open(pandoc.path.join { job.folder, name .. "." .. format }, "wb"))
      file:write(text)
      file:close()
      io.stdout:write(name, ".", format, "\n")
      io.stdout:flush()
    end
  end
  return ""
end
