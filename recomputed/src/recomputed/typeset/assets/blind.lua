--[[
The double-blind edition under Quarto: whatever names an author or an institution leaves the metadata before
Quarto reads it. The embedded engine leaves the same out by itself.
]]

local NAMING = {
  "author", "authors", "affiliations", "acknowledgements", "citation", "copyright", "doi", "funding",
}

function Meta(meta)
  for _, key in ipairs(NAMING) do
    meta[key] = nil
  end
  return meta
end
