/// What OpenBLAS reaches on large single-precision matrix products, on this machine.
///
/// It stands next to ``ProcessorLimit``: a well-kept library on its best ground.
public struct MachinePeak: Sendable {
  /// Multiplications plus additions per second, in billions, of all `threads` together.
  public let gigaflops: Double
  public let threads: Int

  /// Runs 1024 x 1024 x 1024 products, one a thread, and keeps the best of `rounds`.
  public static func measure(
    threads: Int = Parallel.defaultThreads, rounds: Int = 5
  ) -> MachinePeak {
    _ = OpenBLAS.singleThread
    let size = 1024
    let a = [Float](repeating: 0.5, count: size * size)
    var products = [Float](repeating: 0, count: threads * size * size)
    var best = Double.infinity
    products.withUnsafeMutableBufferPointer { products in
      a.withUnsafeBufferPointer { a in
        guard let a = a.baseAddress, let c = products.baseAddress else { return }
        for _ in 0..<rounds {
          let start = ContinuousClock.now
          Parallel.perform(threads, threads: threads) { thread in
            OpenBLAS.multiply(a, a, into: c + thread * size * size, size: size)
          }
          best = min(best, (ContinuousClock.now - start) / .seconds(1))
        }
      }
    }
    let flops = 2 * Double(size) * Double(size) * Double(size) * Double(threads)
    return MachinePeak(gigaflops: flops / best / 1e9, threads: threads)
  }

  /// OpenBLAS's own description: version, kernel and build options.
  public static var libraryDescription: String { OpenBLAS.description }
}
