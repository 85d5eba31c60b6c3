import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/lib/root.mjs'
import { slugOf } from '../../docs/.vitepress/slug.ts'

export interface Heading {
  /** 1 for the title. */
  level: number
  text: string
  /** By which `#…` finds it, as GitHub makes it. */
  anchor: string
}

/** The text of a document, relative to the repository. */
export function readDocument(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** A document without its fenced blocks, whose insides only look like headings, tables and links. */
export function prose(text: string): string {
  return text.replaceAll(/^( *)```[\s\S]+?^\1```$/gm, '')
}

/** The fenced blocks of a document, fences included. */
export function fences(text: string): string[] {
  return text.match(/^( *)```[\s\S]+?^\1```$/gm) ?? []
}

export function headings(text: string): Heading[] {
  const seen = new Map<string, number>()
  return [...prose(text).matchAll(/^(#{1,6}) (.+)$/gm)].map(([, marks, text]) => {
    const slug = slugOf(text!)
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    return { level: marks!.length, text: text!, anchor: before === 0 ? slug : `${slug}-${before}` }
  })
}

/** Targets of links and pictures, in order. */
export function linkTargets(text: string): string[] {
  return [...prose(text).matchAll(/\]\(([^()\s]+)\)/g)].map(match => match[1]!)
}

/** Rows of the tables of a text, cells trimmed; heads and separators are left out. */
export function tableRows(text: string): string[][] {
  const lines = prose(text).split('\n')
  const isRow = (line = '') => line.startsWith('|')
  const isSeparator = (line = '') => /^\|[\s|:-]+\|$/.test(line)
  return lines
    .filter((line, index) => isRow(line) && !isSeparator(line) && !isSeparator(lines[index + 1]))
    .map(line => line.split(/(?<!\\)\|/).slice(1, -1).map(cell => cell.trim()))
}

/** What stands below a heading, up to the next of its rank or above. */
export function sectionOf(text: string, heading: string): string {
  const level = /^#+/.exec(heading)![0].length
  const start = text.indexOf(`\n${heading}\n`)
  if (start < 0) throw new Error(`There is no heading "${heading}".`)
  const rest = text.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** The words in code type in a text. */
export function codeWords(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(match => match[1]!)
}
