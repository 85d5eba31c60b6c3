#!/usr/bin/env node
import process from 'node:process'
import { main } from '../dist/cli/index.mjs'

// Whoever reads has had enough, such as `| head`: then there is nobody left to tell anything.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await main(process.argv.slice(2))
