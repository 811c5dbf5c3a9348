"""A Spark session with tables as its views: the one that runs, or a new one as the machine is set up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kechuang.indicators.engine.metrics import SparkEngine, TableError

if TYPE_CHECKING:
    import pyarrow as pa


def spark_engine(tables: Mapping[str, pa.Table | str]) -> SparkEngine:
    """Arrow tables, and Parquet files by their paths. Raises TableError where there is no Spark or no such file."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise TableError(
            "engine spark", "PySpark is not installed", "Run pip install kechuang[spark]."
        ) from None
    try:
        builder = SparkSession.builder.appName("kechuang").config("spark.ui.enabled", "false")
        session = builder.getOrCreate()
    except PySparkException as fault:
        what = str(fault).splitlines()[0]
        raise TableError("engine spark", what, "Install Java 17 and set JAVA_HOME.") from fault
    session.sparkContext.setLogLevel("ERROR")
    for name, table in tables.items():
        try:
            frame = session.read.parquet(table) if isinstance(table, str) else session.createDataFrame(table)
        except (PySparkException, Py4JError) as fault:
            remedy = "Give a Parquet file or a CSV named .csv."
            raise TableError(f"table {name!r}", f"Spark cannot read {table}", remedy) from fault
        frame.createOrReplaceTempView(name)
    return SparkEngine(session, {name: name for name in tables})
