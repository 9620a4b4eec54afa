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
    /// The process time past the one that the process stops at, `t - T_0`, one input.
    ///
    /// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604), given here from memory of the paper.
    case sinceStop = "since_stop"
    /// Nothing: the network sees the noisy point alone.
    ///
    /// What it learns is the mean target over all levels that may have given the point. Scores and
    /// samples still know the level, since the target and the scaling of the point do.
    case absent = "none"

    /// Whether sines and cosines enter, not the number itself.
    public var hasWaves: Bool {
      switch self {
      case .logSNR, .time: true
      case .plain, .sinceStop, .absent: false
      }
    }
  }

  public let kind: Kind
  /// The angular frequencies of the sines and cosines; empty where time itself enters.
  public let frequencies: [Float]

  /// Creates features with `pairs` sines and as many cosines; time that enters itself has none.
  ///
  /// The frequencies are geometric, per unit of log SNR from a wavelength longer than any range in
  /// use (64, so that no two levels look alike) to one short enough to tell neighbouring levels
  /// apart (3); per horizon of time from wavelength 2 to wavelength 1/200.
  public init(_ kind: Kind, pairs: Int) {
    precondition(!kind.hasWaves || pairs >= 1, "Waves need at least one frequency.")
    self.kind = kind
    let (longest, shortest) = kind == .logSNR ? (64.0, 3.0) : (2.0, 0.005)
    frequencies =
      !kind.hasWaves
      ? []
      : (0..<pairs).map { k in
        let fraction = pairs == 1 ? 0 : Double(k) / Double(pairs - 1)
        return Float(2 * Double.pi / longest * pow(longest / shortest, fraction))
      }
  }

  /// The number of network inputs.
  public var count: Int {
    switch kind {
    case .logSNR, .time: 2 * frequencies.count
    case .plain, .sinceStop: 1
    case .absent: 0
    }
  }

  /// The number the features are of; 0 where there are none.
  func clock(at level: NoiseLevel, process: any ForwardProcess) -> Double {
    switch kind {
    case .logSNR: level.logSNR
    case .time, .plain: process.time(atLogSNR: level.logSNR) / process.horizon
    case .sinceStop: process.time(atLogSNR: level.logSNR) - process.stop
    case .absent: 0
    }
  }

  /// Writes the features of each clock value, rows `stride` apart.
  func write(
    clocks: UnsafePointer<Float>, rows: Int, into out: UnsafeMutablePointer<Float>, stride: Int
  ) {
    switch kind {
    case .logSNR, .time:
      sf_wave_features(clocks, frequencies, out, rows, frequencies.count, stride)
    case .plain, .sinceStop:
      for row in 0..<rows { out[row * stride] = clocks[row] }
    case .absent: break
    }
  }
}
