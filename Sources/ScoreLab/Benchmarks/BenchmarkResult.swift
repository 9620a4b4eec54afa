/// What the rounds of a benchmark measured.
public struct BenchmarkResult: Sendable {
  public let benchmark: BenchmarkCase
  public let threads: Int
  /// Seconds of one unit of work, one median a round.
  public let seconds: [Double]
  /// The machine's peak in GFLOP/s before the first round and after each, one more than rounds.
  public let peaks: [Double]

  init(benchmark: BenchmarkCase, threads: Int, seconds: [Double], peaks: [Double]) {
    precondition(
      !seconds.isEmpty && peaks.count == seconds.count + 1, "Every round lies between two peaks.")
    self.benchmark = benchmark
    self.threads = threads
    self.seconds = seconds
    self.peaks = peaks
  }

  public var secondsPerUnit: Spread { Spread(seconds) }

  /// Multiplications plus additions per second, in billions.
  public var gigaflops: Spread { Spread(rates) }

  /// The rate of each round over the mean of the peaks next to it.
  public var fractionOfPeak: Spread {
    Spread(
      rates.indices.map { round in rates[round] / ((peaks[round] + peaks[round + 1]) / 2) })
  }

  private var rates: [Double] { seconds.map { benchmark.flops / $0 / 1e9 } }
}
