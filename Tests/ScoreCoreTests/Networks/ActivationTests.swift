import Glibc
import Testing

@testable import ScoreCore

/// Every nonlinearity and its derivative against plain float64 formulas.
@Suite struct ActivationTests {
  /// A denormal.
  static let tiny = 70_000 * Float.leastNonzeroMagnitude

  static let preactivations: [Float] = {
    var values: [Float] = [
      0, -0.0, tiny, -tiny, 1e-30, -1e-30, 1e4, -1e4, 86.9, 87, 87.1, 88, 89, -86.9, -87, -87.1,
      -88, -89, -1.2784645,
    ]
    values += (0...40_000).map { Float($0) * 0.005 - 100 }
    return values
  }()

  private func exact(_ u: Double, _ kind: Activation) -> (value: Double, slope: Double) {
    switch kind {
    case .silu:
      let s = 1 / (1 + exp(-u))
      return (u * s, s + u * s / (1 + exp(u)))
    case .relu: return (max(0, u), u > 0 ? 1 : 0)
    case .tanh: return (tanh(u), 1 / (cosh(u) * cosh(u)))
    case .gelu:
      let c = (2 / Double.pi).squareRoot()
      let inner = c * (u + 0.044715 * u * u * u)
      // (1 + tanh w) / 2 without cancellation for negative w.
      let s = 1 / (1 + exp(-2 * inner))
      let slope = s + u * s / (1 + exp(2 * inner)) * 2 * c * (1 + 3 * 0.044715 * u * u)
      return (u * s, slope.isNaN ? (u > 0 ? 1 : 0) : slope)
    }
  }

  private func run(_ kind: Activation, _ u: [Float], bias: [Float]) -> (
    value: [Float], slope: [Float], applied: [Float]
  ) {
    var (z, applied) = (u, u)
    var a = [Float](repeating: .nan, count: u.count)
    kind.forward(&z, bias: bias, into: &a, rows: 1, width: u.count)
    kind.apply(&applied, bias: bias, rows: 1, width: u.count)
    return (a, z, applied)
  }

  @Test("Values and slopes are accurate from -1e4 to 1e4", arguments: Activation.allCases)
  func accuracy(kind: Activation) {
    // The bias moves every other value, so that it is seen to be added.
    let bias = Self.preactivations.indices.map { $0 % 2 == 0 ? Float(0) : 0.25 }
    let (value, slope, applied) = run(kind, Self.preactivations, bias: bias)
    var (worst, worstSlope) = (0.0, 0.0)
    for i in value.indices {
      let u = Double(Self.preactivations[i] + bias[i])
      let (f, df) = exact(u, kind)
      // Float32 roundings of 6e-8 each, the exponential's own 3e-7, and for GELU the rounding of
      // its cubic argument, which the exponential magnifies by up to its size: measured against
      // the size of the function, which is |u| or 1.
      worst = max(worst, abs(Double(value[i]) - f) / max(1, abs(u)))
      worstSlope = max(worstSlope, abs(Double(slope[i]) - df))
      #expect(applied[i] == value[i], "both forms agree at \(u)")
    }
    #expect(worst <= 4e-7, "largest error \(worst)")
    #expect(worstSlope <= 3e-6, "largest error \(worstSlope)")
  }

  @Test("SiLU keeps its relative accuracy far into the tail")
  func siluTail() {
    let u = Self.preactivations.filter { $0 < -1 && $0 > -80 }
    let (value, _, _) = run(.silu, u, bias: [Float](repeating: 0, count: u.count))
    for i in u.indices {
      let f = exact(Double(u[i]), .silu).value
      #expect(abs(Double(value[i]) / f - 1) <= 4e-7, "at \(u[i])")
    }
  }

  @Test(
    "A value that is not a number stays one", arguments: [Activation.silu, .tanh, .gelu])
  func notANumber(kind: Activation) {
    let (value, slope, _) = run(
      kind, [Float](repeating: .nan, count: 9), bias: [Float](repeating: 0, count: 9))
    #expect(value.allSatisfy { $0.isNaN } && slope.allSatisfy { $0.isNaN })
  }
}
