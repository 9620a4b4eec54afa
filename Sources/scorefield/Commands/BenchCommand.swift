import ArgumentParser
import CommandLineTool
import ScoreCore
import ScoreLab

/// `scorefield bench`: training steps and sampling against this processor's measured limit.
struct BenchCommand: ThreadedCommand {
  enum Kind: String, CaseIterable, ExpressibleByArgument { case step, sampling, probe }

  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time training, sampling and the probe against this processor's measured limit.",
    discussion: """
      Every round measures what the processor reaches on multiply-adds that stay in registers (the \
      limit) and OpenBLAS on large matrix products, on all cores, then the work, then both again; \
      shares are of neighbours, since a shared machine is faster in one second than in the next. \
      Times are medians, with the lowest and highest round behind them.

        scorefield bench --only step --shape 128,3,256 --rounds 9

      Training: two moons, 10,000 points in memory, 32 time features, noise target, levels \
      uniform in time, Adam, weight average 0.999; a step counts 6 x batch x sum(in x out) \
      operations. Sampling: 10,000 points over 500 Euler-Maruyama steps, 2 x points x \
      sum(in x out) a step. Probe: 12 levels of 4,096 points, the exact scores known or computed \
      first. JSON lines give seconds of one step or one probe.
      """)

  @Option(help: "Rounds of each measurement.")
  var rounds = 5

  @Option(help: "One kind of work: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var only: Kind?

  @Option(
    help: ArgumentHelp(
      "One network instead of the standard ones: width, depth and points (the batch).",
      valueName: "W,L,N"))
  var shape: BenchShape?

  @Option(
    parsing: .unconditional,
    help: "Take exactly this many steps and time nothing, for a profiler to look at.")
  var steps: Int?

  @OptionGroup var threading: ThreadOptions

  @Flag(help: "JSON lines even on a terminal.")
  var json = false

  func validate() throws {
    guard (1...1000).contains(rounds) else {
      throw ValidationError("--rounds must be from 1 to 1000.")
    }
    guard let steps else { return }
    guard steps >= 1 else { throw ValidationError("--steps must be at least 1.") }
    guard only == .step || only == .sampling else {
      throw ValidationError("--steps needs --only step or --only sampling.")
    }
  }

  var threads: Int { threading.threads }

  func run() throws {
    if let steps {
      for benchmark in cases {
        Benchmark.repeatExactly(benchmark, units: steps, threads: threads)
      }
      return
    }
    let report = BenchPrinter(asLines: json)
    _ = try InterruptWatch(patience: 0) {
      report.abandon()
      return ""
    }
    try report.start(threads: threads)
    for benchmark in cases {
      let result = Benchmark.measure(benchmark, rounds: rounds, threads: threads) {
        report.progress(benchmark, round: $0, of: rounds)
      }
      try report.add(result)
    }
  }

  private var cases: [BenchmarkCase] {
    let wanted = BenchmarkCase.standard.filter { only == nil || only == Kind($0.work) }
    guard let shape else { return wanted }
    return BenchmarkCase.Work.allCases
      .filter { work in wanted.contains { $0.work == work } }
      .map { BenchmarkCase($0, width: shape.width, depth: shape.depth, count: shape.count) }
  }
}

extension BenchCommand.Kind {
  fileprivate init(_ work: BenchmarkCase.Work) {
    switch work {
    case .step: self = .step
    case .sampling: self = .sampling
    case .probe, .probeWithExactScores: self = .probe
    }
  }
}

/// Width, depth and number of points, written `128,3,256`.
struct BenchShape: ExpressibleByArgument {
  let width: Int
  let depth: Int
  let count: Int

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let width = numbers[0], let depth = numbers[1],
      let count = numbers[2], (1...4096).contains(width), (1...64).contains(depth),
      (1...1_000_000).contains(count)
    else { return nil }
    (self.width, self.depth, self.count) = (width, depth, count)
  }
}
