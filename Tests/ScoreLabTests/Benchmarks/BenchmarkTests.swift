import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct BenchmarkTests {
  @Test("Operations are those of the products, written out by hand")
  func countsOperations() {
    // 34 x 64 + 64 x 64 + 64 x 64 + 64 x 2 = 10,496 multiplications and as many additions.
    let step = BenchmarkCase(.step, width: 64, depth: 3, count: 128)
    #expect(step.flops == 6 * 128 * 10_496)
    #expect(BenchmarkCase(.sampling, width: 64, depth: 3, count: 10).flops == 2 * 10 * 10_496)
    #expect(BenchmarkCase(.probe, width: 64, depth: 3, count: 10).flops == 2 * 120 * 10_496)
  }

  @Test("The network that runs is the one whose operations are counted")
  func countsTheNetworkThatRuns() {
    for benchmark in BenchmarkCase.standard where benchmark.work == .step {
      let run = BenchmarkSubject(benchmark: benchmark, threads: 1).training(batch: benchmark.count)
      #expect(benchmark.flops == Double(3 * run.architecture.flopsPerPoint * benchmark.count))
    }
  }

  @Test("Shares are of what was reached next to the round")
  func comparesNeighbours() {
    let benchmark = BenchmarkCase(.step, width: 64, depth: 3, count: 128)
    // The machine halves its speed after the first round; the share stays a half.
    let references = [100.0, 100, 50, 50].map {
      BenchmarkResult.Reference(limit: $0, openBLAS: $0 / 2)
    }
    let fast = benchmark.flops / 50e9
    let result = BenchmarkResult(
      benchmark: benchmark, threads: 1, seconds: [fast, fast * 4 / 3, fast * 2],
      references: references)
    // A handful of roundings.
    for share in [result.fractionOfLimit.low, result.fractionOfLimit.high] {
      #expect(abs(share - 0.5) < 1e-12)
    }
    #expect(abs(result.fractionOfOpenBLAS.median - 1) < 1e-12)
    #expect(result.secondsPerUnit.median == fast * 4 / 3)
  }

  @Test("Every work does as many rounds as asked for", arguments: BenchmarkCase.Work.allCases)
  func measuresEveryRound(work: BenchmarkCase.Work) {
    var rounds: [Int] = []
    let result = Benchmark.measure(
      BenchmarkCase(work, width: 8, depth: 1, count: 16), rounds: 2, threads: 1
    ) { rounds.append($0) }
    #expect(rounds == [1, 2])
    #expect(result.seconds.count == 2)
    let reached = result.references.flatMap { [$0.limit, $0.openBLAS] }
    #expect((result.seconds + reached).allSatisfy { $0 > 0 && $0.isFinite })
  }
}

@Suite struct SpreadTests {
  @Test(arguments: [
    ([3.0], 3.0, 3.0, 3.0), ([5, 1, 4], 1, 4, 5), ([4, 1, 2, 9], 1, 3, 9),
  ])
  func isTheMiddleAndTheEnds(values: [Double], low: Double, median: Double, high: Double) {
    let spread = Spread(values)
    #expect(spread.low == low && spread.median == median && spread.high == high)
  }
}
