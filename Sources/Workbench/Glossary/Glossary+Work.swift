/// Runs, experiments and claims.
extension Glossary {
  static let work: [Term] = [
    Term(
      "run", "runs",
      is: "A run is a configuration that is trained, with every change on the way.",
      and: "It is kept by itself, with the state of its weights at some steps.",
      so: "It can be resumed, compared, branched from any step and made again to the bit.",
      formula: "start + log of edits", see: "the page of the runs, o"),
    Term(
      "branch",
      is: "A branch is a run that goes on from a step of another one with other values.",
      and: "The run that it comes from stays as it is.",
      so: "Two ways from one step can be laid over each other.",
      formula: "run = (parent, step) + changes", see: "the page of the runs, b; the tree of E"),
    Term(
      "edit", "edits", "changed",
      is: "An edit is a value that was changed while the run trained.",
      and: "It stands with its step in the loss and below the form.",
      so: "Shared runs and replays follow the edits at their steps.",
      formula: "(step, key = value)", see: "Loss, the marks v; Setup, below the form"),
    Term(
      "preset", "presets",
      is: "A preset is a run to begin with: a sentence, a configuration and what to look at.",
      and: "Files of one's own add to those of the program.",
      so: "Begin one, then change a value and see what follows.",
      formula: "scorefield --preset NAME", see: "the start page, Q"),
    Term(
      "claim", "verdict", "claim, verdict",
      is: "A claim is what a paper says, as checks on numbers that are measured here.",
      and:
        "Its verdict is held, did not hold, or not tested, where an interval is too wide to say.",
      so: "A verdict is about the values that were measured, not a proof.",
      formula: "held if every claim check passes", see: "the page of experiments, e"),
    Term(
      "agreement",
      is: "An agreement is a check against a closed form or another method.",
      and: "It could have come out otherwise if either were wrong.",
      so: "It says that the numbers can be trusted, not that the claim holds.",
      formula: "|measured - expected| <= tolerance", see: "the page of experiments, Checks"),
    Term(
      "identity",
      is: "An identity is a check of the code alone.",
      and: "It holds for any numbers if the code is right.",
      so: "It never counts for a claim.",
      formula: "such as Markov's bound on the same points", see: "the page of experiments, Checks"),
    Term(
      "caveat", "caveats",
      is: "A caveat is what to know before a result is quoted.",
      and: "Some are known before, some follow from what was measured.",
      so: "It stands in the report with the verdict.",
      formula: "a sentence", see: "the page of experiments, Claim"),
    Term(
      "unit", "units",
      is: "A unit is a piece of an experiment's work.",
      and: "It is kept when it is done, so a stop loses at most the one under way.",
      so: "Units can be spread over machines and collected.",
      formula: "report = f(units)", see: "the page of experiments, its bar"),
    Term(
      "sweep", "sweeps",
      is: "A sweep is many runs or experiments that differ in some keys and in their seeds.",
      and: "Everything that is known of it is in one folder, so other machines can work on it.",
      so: "What is missing can be done again at any time; the results stay the same to the byte.",
      formula: "runs = points x seeds", see: "the page of a sweep, ^"),
    Term(
      "shard", "shards",
      is: "A shard is the part of a sweep that one process does in one go.",
      and: "What it leaves depends on the sweep and its number alone.",
      so: "Two that do the same shard leave the same file, and a lost one is done again.",
      formula: "shard = f(sweep, number)", see: "the page of a sweep, Shards"),
    Term(
      "interval", "95%",
      is: "An interval holds the true value in 95 of 100 repetitions.",
      and: "It is narrower the more repetitions there are.",
      so: "A check is decided only where the interval lies on one side.",
      formula: "95% confidence interval", see: "the page of experiments, Checks and Figures"),
    Term(
      "lesson", "lessons",
      is: "A lesson is text next to a run: it asks before it shows.",
      and: "Answers are compared with what is measured.",
      so: "P leaves it for free exploring and comes back.",
      formula: "scorefield lesson NAME", see: "the page of lessons, P"),
  ]
}
