import { launch, visit, open, ask, words, WIDE, NARROW, inShadow } from "./rig.mjs";
const qs = process.argv.slice(2);
const browser = await launch();
for (const [i,q] of qs.entries()) {
  const page = await visit(browser, "/", WIDE);
  await open(page); await ask(page, q);
  console.log("### ", q); console.log((await words(page, ".reply")).slice(0,900)); 
  await page.screenshot({path:`/tmp/shots/w${i}.png`, fullPage:false});
  await page.close();
}
await browser.close();
