import ScoreCore
import ScoreLab

/// A claim with the values it is measured at.
///
/// A member of ``ExperimentCatalog``: a folder whose files read as the claim does, first what is
/// claimed and at which values, then the units of work, then the checks, last the drawing.
protocol ClaimExperiment: Experiment {
  associatedtype Plan: ExperimentPlan

  /// What is claimed.
  static var claim: Claim { get }
  /// Every value, in the order of forms and files.
  static var parameters: [ExperimentParameter<Self>] { get }
  /// The standard values.
  init()
  /// Checks values together, beyond the range of each.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  func check() throws(ParameterError)
  /// Plans the work.
  ///
  /// - Throws: What is wrong with a distribution's parameters or its data file, or with the values
  ///   together.
  func makePlan(_ setup: ExperimentSetup) throws -> Plan
}

extension ClaimExperiment {
  func check() throws(ParameterError) {}

  func makeDriver(_ setup: ExperimentSetup) throws -> any ExperimentDriver {
    try UnitDriver(claim: Self.claim, plan: makePlan(setup), setup: setup)
  }
}

extension ClaimExperiment {
  /// The member of the catalog, from the claim and the parameters.
  static var entry: CatalogEntry<any Experiment> {
    CatalogEntry(
      name: claim.name, summary: claim.summary, source: claim.source,
      parameters: parameters.map(\.description)
    ) { (values) throws(ParameterError) in
      var subject = Self()
      for parameter in parameters { try parameter.read(&subject, values) }
      try subject.check()
      return subject
    }
  }
}
