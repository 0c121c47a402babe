// Finds what touches the watched addresses as a scanner on viem does it: full blocks, and the logs of the same blocks by emitter and by either side of a transfer.
// node scan.mjs URL BLOCKS ADDRESS… prints {"blocks","wanted","milliseconds","megabytes"}.
import { createPublicClient, http, parseAbiItem } from 'viem'
import { mainnet } from 'viem/chains'

const [url, blocks, ...addresses] = process.argv.slice(2)
const atOnce = 2
const batch = 5
const event = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')
// As many in one HTTP request as belong together: its blocks and three questions for logs.
const client = createPublicClient({ chain: mainnet, transport: http(url, { batch: { batchSize: batch + 3, wait: 0 } }) })
const watched = new Set(addresses.map((address) => address.toLowerCase()))
const total = Number(blocks)
let next = 0
let wanted = 0

async function scan() {
  while (next < total) {
    const first = next
    const last = Math.min(first + batch, total) - 1
    next = last + 1
    const range = { fromBlock: BigInt(first), toBlock: BigInt(last) }
    const read = []
    for (let number = first; number <= last; number++) read.push(client.getBlock({ blockNumber: BigInt(number), includeTransactions: true }))
    const [full, ...logs] = await Promise.all([
      Promise.all(read),
      client.getLogs({ address: addresses, ...range }),
      client.getLogs({ event, args: { from: addresses }, ...range }),
      client.getLogs({ event, args: { to: addresses }, ...range }),
    ])
    const found = new Set(logs.flat().map((log) => log.transactionHash))
    for (const block of full) {
      for (const transaction of block.transactions) {
        if (watched.has(transaction.from.toLowerCase()) || (transaction.to && watched.has(transaction.to.toLowerCase()))) found.add(transaction.hash)
      }
    }
    wanted += found.size
  }
}

const began = performance.now()
await Promise.all(Array.from({ length: atOnce }, scan))
console.log(JSON.stringify({ blocks: total, wanted, milliseconds: performance.now() - began, megabytes: process.memoryUsage.rss() / 1e6 }))
