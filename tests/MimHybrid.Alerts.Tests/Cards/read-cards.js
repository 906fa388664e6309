// Reads cards, a list in JSON, from standard input as a host of version 1.4 does, and writes what is wrong with them, as such a list.
globalThis.window = globalThis; // the reader looks for a browser's objects as it loads; what draws with them is not called
globalThis.document = {};
globalThis.HTMLElement = class {};
const cards = require('adaptivecards/dist/adaptivecards.js');

const wrong = [];
for (const one of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const context = new cards.SerializationContext(cards.Versions.v1_4);
  const card = new cards.AdaptiveCard();
  card.parse(one, context);
  for (let index = 0; index < context.eventCount; index++) wrong.push(context.getEventAt(index).message);
  for (const event of card.validateProperties().validationEvents) wrong.push(event.message);
}
console.log(JSON.stringify(wrong));
