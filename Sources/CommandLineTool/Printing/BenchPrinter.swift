import BuildInformation
import Glibc
import NumberFormatting
import ScoreCore
package import ScoreLab

/// What `scorefield bench` prints: a table with progress on a terminal, or JSON lines.
package struct BenchPrinter {
  private let asLines: Bool
  private let showsProgress: Bool

  /// Creates a printer; without a terminal on standard output it writes JSON lines.
  package init(asLines: Bool) {
    self.asLines = asLines || isatty(STDOUT_FILENO) == 0
    showsProgress = isatty(STDERR_FILENO) != 0
  }

  package func start(threads: Int) throws {
    guard !asLines else { return }
    try StandardOutput.print(
      "\(threads) of \(Parallel.defaultThreads) cores, vectors \(ProcessorLimit.vectors), "
        + MachinePeak.libraryDescription)
    try StandardOutput.print(
      label("median (low-high)", 40) + cell("time", 26) + cell("GFLOP/s", 10)
        + cell("of the limit", 20) + cell("of OpenBLAS", 20))
  }

  package func progress(_ benchmark: BenchmarkCase, round: Int, of rounds: Int) {
    guard showsProgress else { return }
    printError("\r\(name(benchmark)): round \(round)/\(rounds)\u{1B}[K")
  }

  /// Takes the progress line back.
  package func abandon() {
    if showsProgress { printError("\r\u{1B}[K") }
  }

  package func add(_ result: BenchmarkResult) throws {
    abandon()
    try StandardOutput.print(asLines ? line(result) : row(result))
    try StandardOutput.flush()
  }

  private func line(_ result: BenchmarkResult) -> String {
    let benchmark = result.benchmark
    let seconds = result.secondsPerUnit
    var line = JSONLine()
    line.add("peer", "scorefield")
    line.add("version", BuildInformation.version)
    line.add("task", benchmark.work.rawValue)
    line.add("width", benchmark.width)
    line.add("depth", benchmark.depth)
    line.add("batch", benchmark.count)
    line.add(isProbe(benchmark) ? "seconds" : "seconds_per_step", seconds.median)
    line.add("low", seconds.low)
    line.add("high", seconds.high)
    line.add("rounds", result.seconds)
    line.add("gigaflops", result.gigaflops.median)
    line.add("vectors", ProcessorLimit.vectors)
    line.add("limit_gigaflops", Spread(result.references.map(\.limit)).median)
    line.add("fraction_of_limit", result.fractionOfLimit.median)
    line.add("fraction_low", result.fractionOfLimit.low)
    line.add("fraction_high", result.fractionOfLimit.high)
    line.add("openblas_gigaflops", Spread(result.references.map(\.openBLAS)).median)
    line.add("fraction_of_openblas", result.fractionOfOpenBLAS.median)
    line.add("threads", result.threads)
    return line.text
  }

  private func row(_ result: BenchmarkResult) -> String {
    let seconds = result.secondsPerUnit
    let time =
      isProbe(result.benchmark)
      ? spread(seconds) { NumberText.short($0 * 1e3) } + " ms"
      : spread(seconds) { "\(Int(($0 * 1e6).rounded()))" } + " us"
    let shares = [result.fractionOfLimit, result.fractionOfOpenBLAS].map { share in
      cell(spread(share) { NumberText.short($0, digits: 2) }, 20)
    }
    return label(name(result.benchmark), 40) + cell(time, 26)
      + cell(NumberText.short(result.gigaflops.median), 10) + shares.joined()
  }

  private func name(_ benchmark: BenchmarkCase) -> String {
    let network = "\(benchmark.width) x \(benchmark.depth), \(benchmark.count)"
    switch benchmark.work {
    case .step: return "training step, \(network)"
    case .sampling: return "sampling step, \(network)"
    case .probe: return "probe, \(network)"
    case .probeWithExactScores: return "probe with exact scores, \(network)"
    }
  }

  private func isProbe(_ benchmark: BenchmarkCase) -> Bool {
    benchmark.work == .probe || benchmark.work == .probeWithExactScores
  }

  private func spread(_ values: Spread, _ text: (Double) -> String) -> String {
    "\(text(values.median)) (\(text(values.low))-\(text(values.high)))"
  }

  private func label(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func cell(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
