namespace Analys.Measure.Segregation.Spatial;

/// <summary>The options that several spatial measures have, each described once.</summary>
internal static class SpatialOptions
{
    public static MeasureOption Kernel { get; } = new(
        "kernel", "exp:1km", "Environments: exp:L, boxcar:r, gaussian:s, triangular:r, biweight:r with lengths such as 800m or 2km, or knn:K for the K nearest people");

    public static MeasureOption Decay { get; } = new(
        "decay", "exp:1km", "Clustering and distance-decay measures: the kernel of their decay, exp(-d) with d in km by default");

    public static MeasureOption SelfDistance { get; } = new(
        "self-distance", null, "Distance within a unit: massey-denton sqrt(0.6 a), white 0.6 sqrt(a), or zero; clustering and distance-decay measures take massey-denton by default, environments zero");

    public static MeasureOption Ties { get; } = new(
        "ties", "south-west", "Nearest people, units at one distance: south-west (southern, then western first) or together (each with the same part)");

    public static MeasureOption Contiguity { get; } = new(
        "contiguity", null, "Neighbours: rook (a common border) or queen (a corner is enough); dissimilarity-adjacency takes rook by default, spatial-proximity-profile queen");

    public static MeasureOption Land { get; } = new(
        "land", "inhabited", "Delta, concentration, centralization: the land of the inhabited units, or of all units");

    public static MeasureOption Centre { get; } = new(
        "centre", "mean", "Centralization: mean (of the units' points), population (mean weighted by persons), or centres as X,Y;X,Y in metres");
}
