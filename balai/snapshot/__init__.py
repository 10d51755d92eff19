"""The register frozen on a day, as promised tables: one folder of Parquet files a kabupaten, without anybody's name.

Runs the indicators on them, or, for one village's page, on its rows of the moment.
"""
