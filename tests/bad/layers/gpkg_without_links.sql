DELETE FROM gpkg_contents WHERE table_name = 'links';
DELETE FROM gpkg_geometry_columns WHERE table_name = 'links';
DROP TABLE links;
