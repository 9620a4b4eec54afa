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

  public static let zhou2026 = Paper(
    name: "Zhou et al. 2026",
    title: "Smoothing the Score Function for Generalization in Diffusion Models",
    arXiv: "2601.19285", version: "a detailed reading note; the full text was not read")

  public static let lipman2023 = Paper(
    name: "Lipman et al. 2023", title: "Flow Matching for Generative Modeling",
    arXiv: "2210.02747", version: "ICLR 2023; the path of example II alone is used")

  public static let ho2022 = Paper(
    name: "Ho and Salimans 2022", title: "Classifier-Free Diffusion Guidance", arXiv: "2207.12598",
    version: "from memory; the text was not read")

  public static let kadkhodaie2024 = Paper(
    name: "Kadkhodaie et al. 2024",
    title:
      "Generalization in Diffusion Models Arises from Geometry-Adaptive Harmonic Representations",
    arXiv: "2310.02557", version: "abstract of v3 (ICLR 2024); the text was not read")

  public static let sharrock2024 = Paper(
    name: "Sharrock et al. 2024",
    title:
      "Sequential Neural Score Estimation: Likelihood-Free Inference with Conditional Score Based "
      + "Diffusion Models",
    arXiv: "2210.04872", version: "from memory; the text was not read")

  public static let chidambaram2024 = Paper(
    name: "Chidambaram et al. 2024",
    title: "What does guidance do? A fine-grained analysis in a simple setting",
    arXiv: "2409.13074", version: "abstract of v1; the full text was not read")

  public static let zhang2024 = Paper(
    name: "Zhang and Pilanci 2024",
    title: "Analyzing Neural Network-Based Generative Diffusion Models through Convex Optimization",
    arXiv: "2402.01965",
    version: "abstract and public reviews of ICLR 2024; the full text was not read")

  public static let fu2025 = Paper(
    name: "Fu and Lee 2025",
    title:
      "Approximation and Generalization Abilities of Score-based Neural Network Generative Models "
      + "for Sub-Gaussian Distributions", arXiv: "2505.10880",
    version: "abstract of NeurIPS 2025; the full text was not read")

  public static let yao2026 = Paper(
    name: "Yao et al. 2026", title: "Elucidated Representation Diffusion (the name of its code)",
    arXiv: "2605.10790",
    version:
      "abstract, a public note and the authors' code; the full text was not read")

  public static let huang2026 = Paper(
    name: "Huang et al. 2026",
    title:
      "Provably Learning Diffusion Models under the Manifold Hypothesis: Collapse and Refine",
    arXiv: "2605.20235", version: "abstract of v1; the full text was not read")
}
