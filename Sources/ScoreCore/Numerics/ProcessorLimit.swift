import CVectorKernels

/// What this processor reaches on single-precision multiply-adds that stay in its registers.
///
/// No program does more arithmetic in that time with the vectors that the network's kernels have. It is
/// measured, as a nominal clock times vector width would not know about neighbours on a shared machine.
public struct ProcessorLimit: Sendable {
  /// Multiplications plus additions per second, in billions, of all `threads` together.
  public let gigaflops: Double
  public let threads: Int

  /// Runs chains of multiply-adds for some milliseconds, as many on each thread, and keeps the best of
  /// `rounds`.
  public static func measure(
    threads: Int = Parallel.defaultThreads, rounds: Int = 5
  ) -> ProcessorLimit {
    let length = 1_000_000
    let operations = Double(sf_multiply_adds_a_round()) * Double(length) * Double(threads)
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      Parallel.perform(threads, threads: threads) { _ in
        // The fixed point of x = 0.75 x + 0.25 is 1: nothing overflows or becomes subnormal.
        let sum = sf_multiply_adds(length, 0.75, 0.25)
        precondition(sum > 0, "Each chain ends at its fixed point.")
      }
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
    }
    return ProcessorLimit(gigaflops: operations / best / 1e9, threads: threads)
  }

  /// The vectors that kernels are compiled for and this processor has: AVX-512, AVX2 or baseline.
  public static var vectors: String { String(cString: sf_vectors()) }
}
