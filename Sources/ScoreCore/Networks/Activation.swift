import CVectorKernels

/// The nonlinearity between the layers of a network.
public enum Activation: String, Sendable, CaseIterable {
  /// `u / (1 + e^-u)`; Elfwing, Uchibe and Doya 2018 (arXiv:1702.03118).
  case silu
  /// `max(0, u)`, the networks of Gupta et al. 2024 (arXiv:2311.13745).
  case relu
  case tanh
  /// `u (1 + tanh(sqrt(2 / pi) (u + 0.044715 u^3))) / 2`; Hendrycks and Gimpel 2016
  /// (arXiv:1606.08415), the tanh form.
  case gelu

  private var code: Int32 {
    switch self {
    case .silu: Int32(SF_SILU)
    case .relu: Int32(SF_RELU)
    case .tanh: Int32(SF_TANH)
    case .gelu: Int32(SF_GELU)
    }
  }

  /// Adds the bias to `z`, writes the activation to `a` and its derivative over `z`.
  func forward(
    _ z: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>,
    into a: UnsafeMutablePointer<Float>, rows: Int, width: Int
  ) {
    sf_activation_forward(code, z, bias, a, rows, width)
  }

  /// Turns `z` into the activation of `z + bias`.
  func apply(
    _ z: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, rows: Int, width: Int
  ) {
    sf_activation_apply(code, z, bias, rows, width)
  }
}
