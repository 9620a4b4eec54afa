import ArgumentParser
import CommandLineTool
import ScoreClaims
import ScoreLab

/// `scorefield claims`: every claim of every paper, and what was found of it.
struct ClaimsCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract: "List every claim of the papers, or measure them all.",
    discussion: """
      Without --run, lists what is claimed, in which version of which paper, and how sure it is \
      that the paper says so. With --run, measures every claim at standard values for every seed \
      and writes a folder: a report for each, claims.md, verdicts.csv and digests.csv, whose \
      checksums show whether another machine found the same bits. Finished reports in the folder \
      are not made again; Ctrl-C ends with status 130 and the same command resumes.

        scorefield claims --run --seeds 1-20 --output results/claims
      """)

  @Argument(help: "Experiments to leave the others out; all without a name.")
  var names: [String] = []

  @Flag(name: .customLong("run"), help: "Measure the claims.")
  var isMeasuring = false

  @Flag(help: "Print a JSON object a claim and line.")
  var json = false

  @Option(help: "With --run: the seeds, such as 1-20.", transform: UnitNumbers.argument)
  var seeds = UnitNumbers([7])

  @Option(help: "With --run: the folder to write.")
  var output = "results/claims"

  @OptionGroup var threading: ThreadOptions

  var threads: Int { threading.threads }
  func run() throws {
    try ClaimsTask(
      names: names, isMeasuring: isMeasuring, json: json, seeds: seeds, output: output,
      threads: threads
    ).run()
  }
}
