// Related articles by an index of tags, made once a build: the quickest way that Eleventy leaves to its users.
const SIZE = 20;
const CATEGORIES = "politique economie societe culture sports sciences regions sante education monde".split(" ");

export default function (config) {
  let newestFirst = [];
  const byTag = new Map();
  const ofCategory = (category) => newestFirst.filter((one) => one.data.category === category);

  config.addGlobalData("categories", CATEGORIES);
  config.addCollection("articles", (api) => {
    newestFirst = api.getFilteredByGlob("content/articles/**/*.md").sort((a, b) => b.date - a.date);
    byTag.clear();
    for (const one of newestFirst) {
      for (const tag of one.data.tags) {
        if (!byTag.has(tag)) byTag.set(tag, []);
        byTag.get(tag).push(one);
      }
    }
    return newestFirst;
  });
  config.addCollection("newest", (api) =>
    api.getFilteredByGlob("content/articles/**/*.md").sort((a, b) => b.date - a.date).slice(0, 30));
  config.addCollection("heads", () =>
    CATEGORIES.map((category) => ({ category, entries: ofCategory(category).slice(0, 5) })));
  config.addCollection("parts", () =>
    CATEGORIES.flatMap((category) => {
      const all = ofCategory(category);
      const count = Math.ceil(all.length / SIZE);
      return Array.from({ length: count }, (_, place) => ({
        category,
        number: place + 1,
        last: place + 1 === count,
        entries: all.slice(place * SIZE, (place + 1) * SIZE),
      }));
    }));
  config.addFilter("related", (url, tags) => {
    const scores = new Map();
    for (const tag of tags) for (const one of byTag.get(tag)) scores.set(one, (scores.get(one) ?? 0) + 1);
    return [...scores]
      .filter(([one]) => one.url !== url)
      .sort(([a, x], [b, y]) => y - x || b.date - a.date)
      .slice(0, 4)
      .map(([one]) => one);
  });
  config.addFilter("iso", (date) => new Date(date).toISOString());
  config.addFilter("day", (date) => new Date(date).toISOString().slice(0, 10).split("-").reverse().join("/"));
  return { dir: { input: "content", includes: "../_includes", output: "public" }, markdownTemplateEngine: false };
}
