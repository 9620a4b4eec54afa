import CVectorKernels
import Glibc

/// How the noise level enters a network.
public struct TimeFeatures: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Sines and cosines of the log signal-to-noise ratio.
    case logSNR = "log_snr"
    /// Sines and cosines of the process time.
    case time
    /// The process time over the horizon itself, one input.
    case plain
  }

  public let kind: Kind
  /// The angular frequencies of the sines and cosines; empty for plain time.
  public let frequencies: [Float]

  /// Creates features with `pairs` sines and as many cosines; plain time has none.
  ///
  /// The frequencies are geometric, per unit of log SNR from a wavelength longer than any range in
  /// use (64, so that no two levels look alike) to one short enough to tell neighbouring levels
  /// apart (3); per horizon of time from wavelength 2 to wavelength 1/200.
  public init(_ kind: Kind, pairs: Int) {
    precondition(kind == .plain || pairs >= 1, "Waves need at least one frequency.")
    self.kind = kind
    let (longest, shortest) = kind == .logSNR ? (64.0, 3.0) : (2.0, 0.005)
    frequencies =
      kind == .plain
      ? []
      : (0..<pairs).map { k in
        let fraction = pairs == 1 ? 0 : Double(k) / Double(pairs - 1)
        return Float(2 * Double.pi / longest * pow(longest / shortest, fraction))
      }
  }

  /// The number of network inputs.
  public var count: Int { kind == .plain ? 1 : 2 * frequencies.count }

  /// The number the features are of.
  func clock(at level: NoiseLevel, process: any ForwardProcess) -> Double {
    switch kind {
    case .logSNR: level.logSNR
    case .time, .plain: process.time(atLogSNR: level.logSNR) / process.horizon
    }
  }

  /// Writes the features of each clock value, rows `stride` apart.
  func write(
    clocks: UnsafePointer<Float>, rows: Int, into out: UnsafeMutablePointer<Float>, stride: Int
  ) {
    guard kind != .plain else {
      for row in 0..<rows { out[row * stride] = clocks[row] }
      return
    }
    sf_wave_features(clocks, frequencies, out, rows, frequencies.count, stride)
  }
}
