import { defineConfig } from '@playwright/test'

const port = process.env.PORT ?? '3000'
const baseURL = `http://localhost:${port}`

export default defineConfig({
  testDir: 'e2e',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL,
    // A Chromium or Chrome of the machine's; without it Playwright takes its own (`npx playwright install chromium`).
    launchOptions: process.env.CHROME_PATH ? { executablePath: process.env.CHROME_PATH } : {},
  },
  webServer: { command: `nuxt dev --port ${port} --host localhost`, url: baseURL, reuseExistingServer: !process.env.CI, timeout: 180_000 },
})
