import { expect, test } from 'nuxt-b24-pull/playwright'

test('two users see the same list, also after a cut', async ({ portal, frame, asUser }) => {
  const emil = await asUser(2)
  await frame.getByLabel('New item').fill('Milk')
  await frame.getByRole('button', { name: 'Add' }).click()
  await expect(emil.frame.getByRole('listitem').filter({ hasText: 'Milk' })).toBeVisible()

  portal.faults.on('cut-connections')
  await frame.getByLabel('New item').fill('Bread')
  await frame.getByRole('button', { name: 'Add' }).click()
  await expect(emil.frame.getByRole('listitem').filter({ hasText: 'Bread' })).toBeVisible()
})
