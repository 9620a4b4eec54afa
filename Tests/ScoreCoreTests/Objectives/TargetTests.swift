import Glibc
import Testing

@testable import ScoreCore

@Suite struct TargetTests {
  /// Levels of variance-preserving, exploding and in-between processes.
  static let levels = [
    NoiseLevel(alpha: 0.999, sigma: 0.0447), NoiseLevel(alpha: 0.6, sigma: 0.8),
    NoiseLevel(alpha: 0.0067, sigma: 0.99998), NoiseLevel(alpha: 1, sigma: 0.002),
    NoiseLevel(alpha: 1, sigma: 80), NoiseLevel(alpha: 0.5, sigma: 0.75),
  ]

  @Test("Every target gives back the noise it was made with", arguments: levels)
  func conversion(level: NoiseLevel) throws {
    for entry in TrainingTargetCatalog.all {
      let c = try entry.make().coefficients(at: level)
      let conversion = ScoreConversion(c, at: level)
      for (x0, z) in [(0.0, 1.0), (1, 0), (-1.7, 0.3), (0.2, -2.5)] {
        let (x, y) = (level.alpha * x0 + level.sigma * z, c.data * x0 + c.noise * z)
        let noise = conversion.noiseFromTarget * y + conversion.noiseFromPoint * x
        // The two terms may cancel; rounding is relative to them.
        let scale = abs(conversion.noiseFromTarget * y) + abs(conversion.noiseFromPoint * x)
        #expect(abs(noise - z) <= 1e-14 * max(1, scale), "\(entry.name)")
        let score = conversion.scoreFromTarget * y + conversion.scoreFromPoint * x
        #expect(abs(score + noise / level.sigma) <= 1e-13 * max(1, scale) / level.sigma)
      }
    }
  }

  @Test(
    "An error of the target is an error of the noise times the stated factor", arguments: levels)
  func errorFactor(level: NoiseLevel) throws {
    for entry in TrainingTargetCatalog.all {
      let conversion = ScoreConversion(try entry.make().coefficients(at: level), at: level)
      let noiseError = abs(conversion.noiseFromTarget * 0.1)
      #expect(abs(conversion.targetErrorPerNoiseError * noiseError / 0.1 - 1) < 1e-14)
    }
  }

  @Test("The EDM target is what the preconditioner leaves to the network", arguments: levels)
  func preconditioning(level: NoiseLevel) {
    for d in [0.5, 1, 2] {
      let target = EDMTarget(dataDeviation: d)
      // c_skip, c_out and c_in as Table 1 of the paper has them, in units of x / alpha.
      let s = level.sigma / level.alpha
      let skip = d * d / (s * s + d * d)
      let out = s * d / (s * s + d * d).squareRoot()
      let input = 1 / (s * s + d * d).squareRoot()
      for (x0, z) in [(1.0, 0.0), (0, 1), (-0.4, 1.3)] {
        let c = target.coefficients(at: level)
        let residual = (x0 - skip * (x0 + s * z)) / out
        #expect(abs(c.data * x0 + c.noise * z - residual) < 1e-10 * max(1, abs(x0) / out))
      }
      #expect(abs(target.inputScale(at: level) * level.alpha / input - 1) < 1e-14)
    }
  }

  @Test("For data of unit variance EDM's target is minus the velocity")
  func velocity() {
    let level = NoiseLevel(alpha: 0.6, sigma: 0.8)
    let (edm, v) = (EDMTarget().coefficients(at: level), VelocityTarget().coefficients(at: level))
    #expect(abs(edm.data + v.data) < 1e-15 && abs(edm.noise + v.noise) < 1e-15)
  }

  @Test("The input of a network is the same for a process and its image without decay")
  func inputScale() {
    for level in Self.levels {
      let image = NoiseLevel(alpha: 1, sigma: level.sigma / level.alpha)
      let scale = NoiseTarget().inputScale(at: level)
      #expect(abs(scale * level.alpha / NoiseTarget().inputScale(at: image) - 1) < 1e-14)
    }
  }
}
