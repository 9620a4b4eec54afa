extension DistributionCatalog.Entry {
  static let affine = DistributionCatalog.Entry(
    name: "affine",
    summary:
      "a distribution scaled, rotated and shifted; the affine maps that keep its score known",
    source: "closed form: a similarity turns isotropic noise into isotropic noise",
    parameters: [
      .distribution,
      ParameterDescription(
        "standardize", "first move to mean 0 and scale to mean variance 1 over the axes",
        .flag(default: false)),
      ParameterDescription(
        "scale", "factor on the distribution, after standardising",
        .number(default: 1, range: 1e-6...1e6)),
      ParameterDescription(
        "angle", "rotation of a distribution in the plane, in degrees",
        .number(default: 0, range: -360...360)),
      ParameterDescription(
        "seed", "names a random rotation in any dimension; 0 for none",
        .integer(default: 0, range: 0...1_000_000)),
      ParameterDescription(
        "shift", "a list of numbers, one an axis, added at the end", .structured),
    ],
    make: { parameters, source in
      let distribution = try DistributionCatalog.distribution(
        "base", in: parameters, reading: source)
      return try SimilarityImage(of: distribution, parameters)
    })
}

extension SimilarityImage {
  fileprivate init(
    of distribution: any KnownScoreDistribution, _ parameters: CatalogParameters
  ) throws(ParameterError) {
    var scale = parameters.number("scale")
    var shift = Array(repeating: 0.0, count: distribution.dimension)
    if let value = parameters.values["shift"] {
      shift = try value.numbers(at: ["shift"], count: distribution.dimension)
    }
    let rotation = try SimilarityImage.rotation(of: distribution, parameters)
    if parameters.flag("standardize") {
      guard let moments = distribution.moments else {
        throw ParameterError(
          path: ["standardize"],
          message: "mean and variance of this distribution are not known exactly")
      }
      scale /= moments.variance.squareRoot()
      let centre = rotation?.point(components: moments.mean) ?? moments.mean
      for axis in shift.indices { shift[axis] -= scale * centre[axis] }
    }
    self.init(of: distribution, scale: scale, rotation: rotation, shift: shift)
  }

  private static func rotation(
    of distribution: any KnownScoreDistribution, _ parameters: CatalogParameters
  ) throws(ParameterError) -> OrthonormalRows? {
    let angle = parameters.number("angle")
    let seed = parameters.integer("seed")
    guard angle != 0 else {
      return seed == 0
        ? nil
        : OrthonormalRows(
          count: distribution.dimension, dimension: distribution.dimension, seed: seed)
    }
    guard distribution.dimension == 2 else {
      throw ParameterError(
        path: ["angle"],
        message:
          "an angle turns a distribution in 2 dimensions, not \(distribution.dimension); give a "
          + "seed instead"
      )
    }
    guard seed == 0 else {
      throw ParameterError(path: ["angle"], message: "give an angle or a seed, not both")
    }
    return OrthonormalRows(turning: angle * Double.pi / 180)
  }
}
