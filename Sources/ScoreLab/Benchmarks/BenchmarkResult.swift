/// What the rounds of a benchmark measured.
public struct BenchmarkResult: Sendable {
  public let benchmark: BenchmarkCase
  public let threads: Int
  /// Seconds of one unit of work, one median a round.
  public let seconds: [Double]
  /// What the machine reached before the first round and after each, one more than rounds.
  public let references: [Reference]

  /// What the machine reached at some moment, in GFLOP/s of all threads.
  public struct Reference: Sendable {
    /// On multiply-adds in registers; see `ProcessorLimit`.
    public let limit: Double
    /// Of OpenBLAS on large matrix products; see `MachinePeak`.
    public let openBLAS: Double

    init(limit: Double, openBLAS: Double) {
      self.limit = limit
      self.openBLAS = openBLAS
    }
  }

  init(benchmark: BenchmarkCase, threads: Int, seconds: [Double], references: [Reference]) {
    precondition(
      !seconds.isEmpty && references.count == seconds.count + 1,
      "Every round lies between two references.")
    self.benchmark = benchmark
    self.threads = threads
    self.seconds = seconds
    self.references = references
  }

  public var secondsPerUnit: Spread { Spread(seconds) }

  /// Multiplications plus additions per second, in billions.
  public var gigaflops: Spread { Spread(rates) }

  /// The rate of each round over the mean of the processor's limits next to it.
  public var fractionOfLimit: Spread { fraction(of: \.limit) }

  /// The rate of each round over the mean of OpenBLAS's peaks next to it.
  public var fractionOfOpenBLAS: Spread { fraction(of: \.openBLAS) }

  private func fraction(of reached: KeyPath<Reference, Double>) -> Spread {
    let reached = references.map { $0[keyPath: reached] }
    return Spread(
      rates.indices.map { round in rates[round] / ((reached[round] + reached[round + 1]) / 2) })
  }

  private var rates: [Double] { seconds.map { benchmark.flops / $0 / 1e9 } }
}
