/** Pages of the playground, in the order of the navigation. */
export const pages = [
  { label: 'Connection', to: '/' },
  { label: 'Commands', to: '/commands' },
  { label: 'Schemas', to: '/schemas' },
  { label: 'Deals', to: '/deals' },
  { label: 'State', to: '/state' },
  { label: 'Refresh', to: '/refresh' },
  { label: 'Presence', to: '/presence' },
  { label: 'Notifications', to: '/notifications' },
  { label: 'Watch', to: '/watch' },
  { label: 'Hooks', to: '/hooks' },
  { label: 'Messages', to: '/messages' },
]
