import ScoreCore
import Testing

@Suite struct ParallelTests {
  @Test(
    "Each index is visited once", arguments: [0, 1, 2, 3, 7, 8, 64, 1001], [-1, 0, 1, 2, 3, 8, 99])
  func visitsOnce(count: Int, threads: Int) {
    var visits = [Int32](repeating: 0, count: count)
    visits.withUnsafeMutableBufferPointer { visits in
      // Every index has a place of its own; a second visit would show as 2.
      nonisolated(unsafe) let places = visits
      Parallel.perform(count, threads: threads) { places[$0] += 1 }
    }
    #expect(visits.allSatisfy { $0 == 1 })
  }

  @Test("Work inside work still visits each index once")
  func nested() {
    var visits = [Int32](repeating: 0, count: 35)
    visits.withUnsafeMutableBufferPointer { visits in
      nonisolated(unsafe) let places = visits
      Parallel.perform(5, threads: 3) { outer in
        Parallel.perform(7, threads: 2) { inner in places[outer * 7 + inner] += 1 }
      }
    }
    #expect(visits.allSatisfy { $0 == 1 })
  }
}
