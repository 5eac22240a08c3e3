--[[
DOCX under Quarto: the PNG that lies beside each SVG, since Word shows an SVG only with a raster image in it,
and pandoc needs a program for that. The embedded engine does the same by itself.
]]

function Image(image)
  if not FORMAT:match("docx") then return nil end
  local png = image.src:gsub("%.svg$", ".png")
  local file = io.open(png, "rb")
  if file then
    file:close()
    image.src = png
    return image
  end
end
