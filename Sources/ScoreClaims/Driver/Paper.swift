/// A paper whose claims are measured.
public struct Paper: Sendable, Equatable {
  /// Such as `Gupta et al. 2024`.
  public var name: String
  public var title: String
  /// Such as `2311.13745`.
  public var arXiv: String
  /// The version whose text the claims are taken from.
  public var version: String

  public static let gupta2024 = Paper(
    name: "Gupta et al. 2024",
    title: "Improved Sample Complexity Bounds for Diffusion Model Training", arXiv: "2311.13745",
    version: "NeurIPS 2024; v4 (a bug fix of November 2025) was not compared")

  public static let gaur2025 = Paper(
    name: "Gaur et al. 2025",
    title:
      "Improved Sample Complexity For Diffusion Model Training Without Empirical Risk Minimizer "
      + "Access", arXiv: "2505.18344",
    version: "abstracts of v2, v6 and TMLR 2026, and public reviews; the full text was not read")

  public static let han2024 = Paper(
    name: "Han et al. 2024",
    title:
      "Neural Network-Based Score Estimation in Diffusion Models: Optimization and Generalization",
    arXiv: "2401.15604",
    version: "abstracts of v3 and v4 and public reviews of ICLR 2024; the full text was not read")

  public static let huang2026 = Paper(
    name: "Huang et al. 2026",
    title:
      "Provably Learning Diffusion Models under the Manifold Hypothesis: Collapse and Refine",
    arXiv: "2605.20235", version: "abstract of v1; the full text was not read")
}
