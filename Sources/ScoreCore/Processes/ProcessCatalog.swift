/// Every forward process on offer.
public enum ProcessCatalog: Catalog {
  public static let all: [CatalogEntry<any ForwardProcess>] = [
    .ornsteinUhlenbeck,
    .variancePreserving,
    .subVariancePreserving,
    .varianceExploding,
    .cosine,
    .flow,
    .elucidated,
  ]
}

extension CatalogParameters {
  /// Two numbers of which the first must be the smaller.
  func orderedNumbers(
    _ lower: String, below upper: String
  ) throws(ParameterError) -> (Double, Double) {
    let (low, high) = (number(lower), number(upper))
    guard low < high else {
      throw ParameterError(
        path: [lower], message: "must be below \(upper), which is \(high), found \(low)")
    }
    return (low, high)
  }
}
