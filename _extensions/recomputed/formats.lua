--[[
A pandoc writer that writes every format in one run, so that the manuscript is read and its references
are resolved once: the variable `job` names a JSON file of

  { "formats": ["typst", ...], "folder": "where to write", "variables": { ... for the templates },
    "reference": "the DOCX whose styles a DOCX gets" }

Each format is written to `folder/paper.<format>`; its name goes to standard output when it is there.
]]

local FOLDER = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local filters = assert(loadfile(pandoc.path.join { FOLDER, "filters.lua" }))(FOLDER)
local WRITERS = {
  typst = { to = "typst-citations-smart", template = "paper.typ" },
  html = { to = "html5", template = "paper.html" },
  docx = { to = "docx", template = "paper.openxml" },
  jats = { to = "jats_publishing+element_citations", template = "paper.jats" },
}

function Writer(doc, options)
  local job = pandoc.json.decode(filters.read(tostring(options.variables.job)), false)
  local numbered = doc.meta["number-sections"] == true
  job.variables["closing-level"] = filters.closing_level(doc)
  for _, format in ipairs(job.formats) do
    local writer, result = WRITERS[format], filters.for_format(doc, format)
    if format == "html" then job.variables["contents"] = filters.contents(result, numbered) end
    local text = pandoc.write(result, writer.to, {
      template = pandoc.template.compile(filters.read(filters.asset(writer.template))),
      variables = job.variables,
      number_sections = numbered,
      html_math_method = "mathml",
      reference_doc = job.reference,
    })
    local file = assert(io.open(pandoc.path.join { job.folder, "paper." .. format }, "wb"))
    file:write(text)
    file:close()
    io.stdout:write(format, "\n")
    io.stdout:flush()
  end
  return ""
end
