import CVectorKernels
import Testing

@testable import ScoreCore

@Suite struct ProcessorLimitTests {
  @Test("Every chain of multiply-adds is run: each ends at the fixed point of x = a x + b")
  func chains() {
    // b / (1 - a) = 2 for each lane of each chain; an operation is half a multiply-add.
    let lanes = Float(sf_multiply_adds_a_round()) / 2
    let sum = sf_multiply_adds(2000, 0.75, 0.5)
    // Where the distance to 2 falls below its last digit, rounding keeps it.
    #expect(abs(sum / lanes - 2) <= 4 * Float.ulpOfOne)
    // Two rounds from x: a (a x + b) + b, x = 0, 1, ... the number of the lane.
    let mean = (lanes - 1) / 2
    #expect(abs(sf_multiply_adds(2, 0.5, 1) / lanes - (mean / 4 + 1.5)) <= 1e-4 * mean)
  }

  @Test("A rate comes out for any number of threads")
  func rates() {
    for threads in 1...2 {
      let limit = ProcessorLimit.measure(threads: threads, rounds: 1)
      #expect(limit.threads == threads && limit.gigaflops > 0 && limit.gigaflops.isFinite)
    }
    #expect(["AVX-512", "AVX2", "baseline"].contains(ProcessorLimit.vectors))
  }

  @Test("The variable forbids the widest vectors and gives none that the processor has not")
  func allowedSets() {
    #expect([1, 3, 4].map { sf_allowed_set($0, nil) } == [1, 3, 4])
    #expect([1, 3, 4].map { sf_allowed_set($0, "avx2") } == [1, 3, 3])
    #expect([1, 3, 4].map { sf_allowed_set($0, "baseline") } == [1, 1, 1])
    #expect([1, 3, 4].map { sf_allowed_set($0, "AVX9") } == [1, 3, 4])
  }
}
