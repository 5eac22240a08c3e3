--[[
Where words of a language may be broken that typst has no patterns for, as soft hyphens; typst alone needs them. The
rules are `hyphenation` in a language's file: between two vowels, one consonant opens the next syllable, and of several
the first closes its own. Only running text is broken: no table, no caption, no note, nothing that is emphasised or code.
`set_pdf` takes out all that no line ends with.
]]

local LEAST, BEFORE, AFTER = 6, 2, 3 -- letters of a word, and of what a line ends and begins with
local SOFT = "\u{ad}"

--- The letters of a word as consonants and vowels; a digraph is one.
local function letters(word, rules)
  local found, at = pandoc.List {}, 1
  while at <= #word do
    local two = word:sub(at, at + 1)
    local letter = rules.digraphs[two] and two or word:sub(at, at)
    found:insert { text = letter, vowel = rules.vowels[letter] or false }
    at = at + #letter
  end
  return found
end

local function is_foreign(word, rules)
  for sign in pairs(rules.foreign) do
    if word:find(sign, 1, true) then return true end
  end
  return false
end

local function broken(word, rules)
  if #word < LEAST or is_foreign(word, rules) then return word end
  local all, out, length = letters(word, rules), "", 0
  for i, letter in ipairs(all) do
    local before, after = all[i - 1], all[i + 1]
    local opens = not letter.vowel and before and after and
      (before.vowel and after.vowel or not before.vowel and all[i - 2] and all[i - 2].vowel)
    local rest = word:sub(length + 1)
    if opens and length >= BEFORE and #rest >= AFTER and not rules.whole[rest] and rest:find(rules.syllable) then out = out .. SOFT end
    out, length = out .. letter.text, length + #letter.text
  end
  return out
end

local function set(value)
  local found = {}
  for one in pandoc.utils.stringify(value):gmatch("%S+") do found[one] = true end
  return found
end

local function read(given)
  if not given or pandoc.utils.stringify(given.vowels) == "" then return nil end
  local vowels = set(given.vowels)
  local class = "["
  for vowel in pairs(vowels) do class = class .. vowel end
  return { vowels = vowels, digraphs = set(given.digraphs), whole = set(given.whole), syllable = class .. "]",
    foreign = set(given.foreign) }
end

local function hyphenated(blocks, given)
  local rules = read(given)
  if not rules then return blocks end
  local words = { Str = function(str)
    if str.text:find("[%d/@_]") then return nil end
    return pandoc.Str((str.text:gsub("%f[%a\128-\255][%a\128-\255]+", function(word)
      return word:find("^%l+$") and broken(word, rules) or word
    end)))
  end }
  local function keep(element) return element, false end
  local leave = {}
  for _, kind in ipairs { "Table", "Figure", "Note", "Emph", "Code", "Link", "Header", "Image", "RawInline" } do leave[kind] = keep end
  leave.traverse, leave.Str = "topdown", words.Str
  return blocks:walk(leave)
end

function Pandoc(doc)
  if not FORMAT:match("typst") then return nil end
  doc.blocks = hyphenated(doc.blocks, doc.meta.hyphenation)
  if doc.meta.abstract then doc.meta.abstract = pandoc.MetaBlocks(hyphenated(pandoc.Blocks(doc.meta.abstract), doc.meta.hyphenation)) end
  for _, one in ipairs(doc.meta.translated or {}) do
    one.body = pandoc.MetaBlocks(hyphenated(pandoc.Blocks(one.body), one.hyphenation))
  end
  return doc
end
