INSERT INTO gpkg_spatial_ref_sys VALUES ('mystery', 54321, 'NONE', 54321, 'undefined', '');
UPDATE gpkg_contents SET srs_id = 54321 WHERE table_name = 'nodes';
UPDATE gpkg_geometry_columns SET srs_id = 54321 WHERE table_name = 'nodes';
