import Testing

@testable import ReportFiles

@Suite struct MathTextTests {
  /// Pieces as text, with brackets in place of size and height.
  private func shown(_ label: String) -> String {
    MathText.pieces(of: label).map { piece in
      switch piece.level {
      case .base: piece.text
      case .index: "[\(piece.text)]"
      case .power: "{\(piece.text)}"
      }
    }.joined()
  }

  @Test(
    "Symbols get Greek letters, indices and powers, and words stay words",
    arguments: [
      ("D_delta against delta", "D[δ] against δ"), ("sigma_t D_0.02", "σ[t] D[0.02]"),
      ("n^-1/2, parametric", "n{−1/2}, parametric"), ("L2^2 / (eta R_t^2)", "L2{2} / (η R[t]{2})"),
      ("N^(-1/2)", "N{−1/2}"), ("s_hat - s", "s\u{302} - s"), ("e^-T", "e{−T}"),
      ("exponential_decay", "exponential_decay"), ("log_snr", "log_snr"),
      ("data units, sigma / alpha", "data units, σ / α"), ("1e-12", "1e-12"), ("D_", "D_"),
      ("a ^ b", "a ^ b"), ("at most 5 +- 1", "at most 5 ± 1"), ("sqrt(KL / 2)", "√(KL / 2)"),
      ("deltas", "deltas"), ("2^16 wrong candidates.", "2{16} wrong candidates."), ("", ""),
    ])
  func pieces(label: String, expected: String) {
    #expect(shown(label) == expected)
  }
}
