/// Every measurement, after those whose values it depends on.
public enum MeasurementCatalog {
  public static let all: [any Measurement.Type] = [
    NoisedDataMeasurement.self,
    PrincipalComponentsMeasurement.self,
    FloorMeasurement.self,
    HeldOutMeasurement.self,
    ProbeMeasurement.self,
    LevelLossesMeasurement.self,
    IntrinsicDimensionMeasurement.self,
    DenoiserSpectraMeasurement.self,
    MinimisersMeasurement.self,
    ErrorPartsMeasurement.self,
    SamplesMeasurement.self,
    PathBoundMeasurement.self,
    AngularDensityMeasurement.self,
    SampleErrorsMeasurement.self,
    SampleMetricsMeasurement.self,
    NearestImagesMeasurement.self,
    ExactScoreRunMeasurement.self,
    ExactFieldMeasurement.self,
    LearnedFieldMeasurement.self,
    LearnedDensityMeasurement.self,
    WalksMeasurement.self,
    PlacedWalksMeasurement.self,
  ]
}
